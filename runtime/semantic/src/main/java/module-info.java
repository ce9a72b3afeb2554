/** A semantic cache that learns which answers it may repeat. */
module io.gild.semantic {
  requires static transitive org.jspecify;
  requires transitive io.gild.core;
  requires transitive io.gild.vectors;

  exports io.gild.semantic;
}
