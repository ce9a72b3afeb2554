/** What agents remember: sessions, facts, experiences. */
module io.gild.memory {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires transitive io.gild.vectors;

  exports io.gild.memory;
  exports io.gild.memory.spi;
}
