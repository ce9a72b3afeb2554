package io.gild.vectors.lucene;

import io.gild.testkit.VectorIndexContract;
import io.gild.vectors.spi.VectorIndex;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderVectorIndexContractTests extends VectorIndexContract {

  @TempDir private Path folder;

  @Override
  protected VectorIndex create() throws IOException {
    return LuceneVectorIndex.open(folder.resolve("index"), SPACE);
  }

  @Override
  protected double recall() {
    return 0.95;
  }
}
