package io.gild.vectors.lucene;

import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorSpace;
import java.nio.file.Path;
import java.util.Map;

/** Puts and commits entries, says so, and goes on putting until it is killed. */
final class IndexWritingMain {

  static final VectorSpace SPACE = new VectorSpace("killed", 4);
  static final int COMMITTED = 700;

  private IndexWritingMain() {}

  static float[] vector(int number) {
    return new float[] {1, number, number * number, -1};
  }

  public static void main(String[] folder) throws Exception {
    try (LuceneVectorIndex index = LuceneVectorIndex.open(Path.of(folder[0]), SPACE)) {
      for (int i = 0; true; i++) {
        index.put("a", new VectorEntry("e" + i, vector(i), Map.of("number", i)));
        if (i + 1 == COMMITTED) {
          index.commit();
          System.out.println("committed");
        }
      }
    }
  }
}
