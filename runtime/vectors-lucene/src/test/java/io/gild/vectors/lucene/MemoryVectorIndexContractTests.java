package io.gild.vectors.lucene;

import io.gild.testkit.VectorIndexContract;
import io.gild.vectors.spi.VectorIndex;

class MemoryVectorIndexContractTests extends VectorIndexContract {

  @Override
  protected VectorIndex create() {
    return LuceneVectorIndex.inMemory(SPACE);
  }

  @Override
  protected double recall() {
    return 0.95;
  }
}
