package io.gild.testkit;

import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.spi.VectorIndex;

class FlatVectorIndexContractTests extends VectorIndexContract {

  @Override
  protected VectorIndex create() {
    return new FlatVectorIndex(SPACE);
  }
}
