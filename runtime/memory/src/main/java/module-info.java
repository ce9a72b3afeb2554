/** What agents remember: sessions, facts, experiences. */
module io.gild.memory {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires transitive io.gild.vectors;

  exports io.gild.memory;
  exports io.gild.memory.spi;

  uses io.gild.core.spi.Embedder;
  uses io.gild.core.spi.ModelClient;
  uses io.gild.memory.spi.MemoryStoreProvider;
  uses io.gild.memory.spi.SessionStoreProvider;

  provides io.gild.config.spi.SettingsModule with
      io.gild.memory.MemoryModule;
}
