/** Embeds texts with the model all-MiniLM-L6-v2, which runs in this JVM. */
module io.gild.embeddings.minilm {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires langchain4j.core;
  requires langchain4j.embeddings;
  requires langchain4j.embeddings.all.minilm.l6.v2.q;

  exports io.gild.embeddings;

  provides io.gild.core.spi.Embedder with
      io.gild.embeddings.MiniLmEmbedder;
}
