/** Embeddings without a model, and exact indexes of vectors and texts. */
module io.gild.vectors {
  requires static transitive org.jspecify;
  requires transitive io.gild.core;

  exports io.gild.vectors;
  exports io.gild.vectors.spi;
}
