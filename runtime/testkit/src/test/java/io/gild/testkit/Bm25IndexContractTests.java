package io.gild.testkit;

import io.gild.vectors.Bm25;
import io.gild.vectors.Bm25Index;
import io.gild.vectors.spi.TextIndex;

class Bm25IndexContractTests extends TextIndexContract {

  @Override
  protected TextIndex create() {
    return new Bm25Index(Bm25.MESSAGES);
  }
}
