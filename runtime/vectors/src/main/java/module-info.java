/** Embeddings without a model, and an exact index of vectors. */
module io.gild.vectors {
  requires static transitive org.jspecify;
  requires transitive io.gild.core;

  exports io.gild.vectors;
  exports io.gild.vectors.spi;
}
