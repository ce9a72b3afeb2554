package io.gild.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlatVectorIndexTests {

  private static final VectorSpace SPACE = new VectorSpace("flat", 384);

  /** The differences are far below the step of a sketch. */
  @Test
  void ordersVectorsThatDifferInTheLastBitsAsAFullComparisonDoes() {
    Random random = new Random(5);
    float[] center = random(random);
    List<VectorEntry> entries = new ArrayList<>();
    FlatVectorIndex index = new FlatVectorIndex(SPACE);
    for (int i = 0; i < 1_000; i++) {
      float[] vector = center.clone();
      vector[random.nextInt(vector.length)] += (float) (random.nextGaussian() * 1e-3);
      VectorEntry entry = new VectorEntry("e" + i, vector, Map.of());
      index.put("a", entry);
      entries.add(index.get("a", "e" + i).orElseThrow());
    }

    for (int query = 0; query < 10; query++) {
      float[] wanted = SPACE.unit("wanted", query == 0 ? center : random(random));
      List<String> expected =
          entries.stream()
              .sorted(
                  Comparator.<VectorEntry>comparingDouble(
                          entry -> -Products.FASTEST.of(entry.own(), 0, wanted))
                      .thenComparing(VectorEntry::id))
              .limit(25)
              .map(VectorEntry::id)
              .toList();

      assertThat(index.nearest("a", wanted, 25, MetadataFilter.none()))
          .extracting(VectorMatch::id)
          .isEqualTo(expected);
    }
  }

  private static float[] random(Random random) {
    float[] vector = new float[SPACE.dimensions()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
