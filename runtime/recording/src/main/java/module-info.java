/** Cassettes of the answers of models and tools, and their replay. */
module io.gild.recording {
  requires static transitive org.jspecify;
  requires transitive io.gild.config;

  exports io.gild.recording;
}
