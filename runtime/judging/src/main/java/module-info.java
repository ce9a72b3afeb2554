/** Judges a new version against the present one. */
module io.gild.judging {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.config;

  exports io.gild.judging;
}
