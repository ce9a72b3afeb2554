package io.gild.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseVectorBlockTests {

  private final Random random = new Random(7);

  /** Returns a vector of the length 1 with few components, some of them negative. */
  private float[] sparse(int length) {
    float[] vector = new float[length];
    for (int i = 0; i < Math.max(1, length / 8); i++) {
      vector[random.nextInt(length)] += random.nextInt(4) - 1;
    }
    vector[random.nextInt(length)] += 10;
    return new VectorSpace("sparse", length).unit("a vector", vector);
  }

  private float[] dense(int length) {
    float[] vector = new float[length];
    for (int i = 0; i < length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return new VectorSpace("sparse", length).unit("a vector", vector);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 13, 100, 512, 515, 8_192})
  void boundsTheSimilarityAndComputesItBitByBit(int length) {
    SparseVectorBlock block = new SparseVectorBlock(length);
    for (int row = 0; row < 300; row++) {
      block.makeRoom(row);
      float[] unit = row % 50 == 49 ? dense(length) : sparse(length);
      block.set(row, unit);
      assertThat(block.get(row)).isEqualTo(unit);
    }

    for (int query = 0; query < 20; query++) {
      float[] unit = query == 0 ? block.get(100) : query % 2 == 0 ? sparse(length) : dense(length);
      WantedVector wanted = new WantedVector(unit);
      block.sketch(wanted);
      for (int row = 0; row < 300; row++) {
        float similarity = Products.FASTEST.of(block.get(row), 0, unit);
        assertThat(block.similarity(row, wanted)).isEqualTo(similarity);
        assertThat(block.similarityBound(row, wanted)).isGreaterThanOrEqualTo(similarity);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 512})
  void findsWhatAFullComparisonFindsAfterRemovals(int length) {
    VectorSpace space = new VectorSpace("sparse", length);
    FlatVectorIndex index = new FlatVectorIndex(space);
    Map<String, float[]> all = new TreeMap<>();
    for (int i = 0; i < 1_500; i++) {
      String id = "e" + random.nextInt(900);
      if (random.nextInt(4) == 0) {
        assertThat(index.remove("a", id)).isEqualTo(all.remove(id) != null);
      } else {
        float[] unit = i % 100 == 99 ? dense(length) : sparse(length);
        index.put("a", new VectorEntry(id, unit, Map.of()));
        all.put(id, index.get("a", id).orElseThrow().vector());
      }
    }

    for (int query = 0; query < 20; query++) {
      float[] wanted = query % 2 == 0 ? sparse(length) : dense(length);
      List<String> expected =
          all.entrySet().stream()
              .sorted(
                  Comparator.<Map.Entry<String, float[]>>comparingDouble(
                          each -> -Products.FASTEST.of(each.getValue(), 0, wanted))
                      .thenComparing(Map.Entry::getKey))
              .limit(10)
              .map(Map.Entry::getKey)
              .toList();

      assertThat(index.nearest("a", wanted, 10, MetadataFilter.none()))
          .extracting(VectorMatch::id)
          .isEqualTo(expected);
    }
    assertThat(index.size("a")).isEqualTo(all.size());
    assertThat(
            Arrays.asList(
                SparseVectorBlock.suits(sparse(512)), SparseVectorBlock.suits(dense(512))))
        .containsExactly(true, false);
  }
}
