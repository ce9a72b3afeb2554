/** Cassettes of what models and tools say, and how they answer again. */
module io.gild.recording {
  requires static transitive org.jspecify;
  requires transitive io.gild.config;

  exports io.gild.recording;
}
