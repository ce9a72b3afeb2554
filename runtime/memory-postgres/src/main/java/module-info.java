/** Long-term memories of agents in PostgreSQL. */
module io.gild.memory.postgres {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.memory;
  requires transitive io.gild.postgres;

  exports io.gild.memory.postgres;

  provides io.gild.config.spi.SettingsModule with
      io.gild.memory.postgres.MemoryPostgresModule;
  provides io.gild.memory.spi.MemoryStoreProvider with
      io.gild.memory.postgres.PostgresMemoryStoreProvider;
}
