/** An index of many vectors, in a folder or in memory, on Apache Lucene. */
module io.gild.vectors.lucene {
  requires static transitive org.jspecify;
  requires transitive io.gild.vectors;
  requires org.apache.lucene.core;

  exports io.gild.vectors.lucene;
}
