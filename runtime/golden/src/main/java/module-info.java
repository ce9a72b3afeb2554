/** Golden tasks, their readers and the entries of the registry. */
module io.gild.golden {
  requires static transitive org.jspecify;
  requires transitive io.gild.config;

  exports io.gild.golden;
}
