package io.gild.vectors.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorMatch;
import io.gild.vectors.VectorSpace;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneVectorIndexTests {

  private static final VectorSpace SPACE = new VectorSpace("lucene", 64);
  private static final MetadataFilter ANY = MetadataFilter.none();

  @TempDir private Path folder;

  @Test
  void findsNearlyAllOfTheNearestAmongThousands() {
    Random random = new Random(11);
    List<float[]> centers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      centers.add(vector(random, new float[SPACE.dimensions()]));
    }
    try (FlatVectorIndex exact = new FlatVectorIndex(SPACE);
        LuceneVectorIndex index = LuceneVectorIndex.inMemory(SPACE)) {
      for (int i = 0; i < 5_000; i++) {
        float[] vector = vector(random, centers.get(random.nextInt(centers.size())));
        VectorEntry entry = new VectorEntry("e" + i, vector, Map.of("third", i % 3 == 0));
        exact.put("a", entry);
        index.put("a", entry);
      }
      assertThat(recall(exact, index, centers, random, ANY)).isGreaterThan(0.95);
      MetadataFilter third = MetadataFilter.equalTo("third", true);
      assertThat(recall(exact, index, centers, random, third)).isGreaterThan(0.95);
      MetadataFilter others = MetadataFilter.not(third);
      assertThat(recall(exact, index, centers, random, others)).isGreaterThan(0.95);
    }
  }

  /** The matches are the same to the last bit, so an index can take the place of the other one. */
  private static double recall(
      FlatVectorIndex exact,
      LuceneVectorIndex index,
      List<float[]> centers,
      Random random,
      MetadataFilter filter) {
    int found = 0;
    for (int query = 0; query < 100; query++) {
      float[] wanted = vector(random, centers.get(query % centers.size()));
      List<VectorMatch> expected = exact.nearest("a", wanted, 10, filter);
      List<VectorMatch> nearest = index.nearest("a", wanted, 10, filter);
      found += (int) expected.stream().filter(nearest::contains).count();
    }
    return found / 1_000.0;
  }

  @Test
  void filtersExactlyAsTheFiltersDo() {
    Random random = new Random(4);
    try (LuceneVectorIndex index = LuceneVectorIndex.inMemory(SPACE)) {
      List<VectorEntry> entries = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Map<String, Object> metadata =
            random.nextInt(10) == 0
                ? Map.of()
                : Map.of("a", value(random), "b", value(random), "number", number(random));
        VectorEntry entry = new VectorEntry("e" + i, vector(random, new float[64]), metadata);
        entries.add(entry);
        index.put("p", entry);
      }
      for (int round = 0; round < 400; round++) {
        MetadataFilter filter = filter(random, 3);

        assertThat(index.nearest("p", entries.get(0).vector(), 400, filter))
            .as(filter.toString())
            .extracting(VectorMatch::id)
            .containsExactlyInAnyOrderElementsOf(
                entries.stream()
                    .filter(entry -> filter.accepts(entry.metadata()))
                    .map(VectorEntry::id)
                    .toList());
      }
    }
  }

  private static MetadataFilter filter(Random random, int depth) {
    String key = List.of("a", "b", "number", "none").get(random.nextInt(4));
    if (depth == 0 || random.nextInt(3) == 0) {
      return switch (random.nextInt(4)) {
        case 0 -> MetadataFilter.oneOf(key, List.of(value(random), value(random)));
        case 1 -> MetadataFilter.atLeast(key, number(random));
        case 2 -> MetadataFilter.atMost(key, number(random));
        default -> new MetadataFilter.Between(key, number(random), number(random));
      };
    }
    return switch (random.nextInt(3)) {
      case 0 -> MetadataFilter.not(filter(random, depth - 1));
      case 1 -> MetadataFilter.all(filter(random, depth - 1), filter(random, depth - 1));
      default -> MetadataFilter.any(filter(random, depth - 1), filter(random, depth - 1));
    };
  }

  private static Object value(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextBoolean();
      case 1 -> List.of("1", "true", "x").get(random.nextInt(3));
      default -> number(random);
    };
  }

  /** Returns one of a few numbers, or a neighbor that no double can tell from it. */
  private static BigDecimal number(Random random) {
    List<String> numbers = List.of("0", "1", "-1", "0.1", "1e300", "-1e300", "1e400", "3e-350");
    BigDecimal number = new BigDecimal(numbers.get(random.nextInt(numbers.size())));
    BigDecimal step = new BigDecimal("1e-360").multiply(BigDecimal.valueOf(random.nextInt(3) - 1));
    return number.add(step);
  }

  @Test
  void survivesInterruptsOfItsCallers() throws Exception {
    try (LuceneVectorIndex index = LuceneVectorIndex.open(folder, SPACE)) {
      float[] vector = vector(new Random(1), new float[64]);
      for (int i = 0; i < 20; i++) {
        Thread.currentThread().interrupt();
        index.put("a", new VectorEntry("e" + i, vector, Map.of()));
        assertThat(index.nearest("a", vector, 50, ANY)).hasSize(i + 1);
        index.commit();
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  @Test
  void losesNoEntryThatIsPutWhileItsPartitionIsRemoved() throws Exception {
    float[] vector = vector(new Random(1), new float[64]);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (LuceneVectorIndex index = LuceneVectorIndex.open(folder, SPACE)) {
      Future<Integer> removed =
          executor.submit(() -> {
            int entries = 0;
            for (int i = 0; i < 20; i++) {
              entries += index.removeAll("a");
            }
            return entries;
          });
      for (int i = 0; i < 500; i++) {
        index.put("a", new VectorEntry("e" + i, vector, Map.of()));
      }

      assertThat(removed.get() + index.size("a")).isEqualTo(500);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void keepsVectorsOfManyDimensions() {
    VectorSpace wide = new VectorSpace("wide", 3_072);
    try (LuceneVectorIndex index = LuceneVectorIndex.inMemory(wide)) {
      float[] vector = vector(new Random(1), new float[3_072]);
      index.put("a", new VectorEntry("x", vector, Map.of()));

      assertThat(index.get("a", "x").orElseThrow().vector()).isEqualTo(wide.unit("x", vector));
    }
  }

  @Test
  void rejectsNumbersOfTooManyDigits() {
    try (LuceneVectorIndex index = LuceneVectorIndex.inMemory(SPACE)) {
      Map<String, Object> metadata = Map.of("huge", new BigDecimal("1".repeat(32_100)));
      VectorEntry entry = new VectorEntry("x", vector(new Random(1), new float[64]), metadata);

      assertThatThrownBy(() -> index.put("a", entry))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("metadata \"huge\" of x must have at most 32,000 digits");
      assertThat(index.size("a")).isZero();
    }
  }

  @Test
  void rejectsFiltersOfTooManyConditions() {
    try (LuceneVectorIndex index = LuceneVectorIndex.inMemory(SPACE)) {
      float[] vector = vector(new Random(1), new float[64]);
      index.put("a", new VectorEntry("x", vector, Map.of("number", 1_999)));
      List<Integer> numbers = IntStream.range(0, 2_000).boxed().toList();
      MetadataFilter[] each =
          numbers.stream()
              .map(number -> MetadataFilter.equalTo("number", number))
              .toArray(MetadataFilter[]::new);

      assertThatThrownBy(() -> index.nearest("a", vector, 1, MetadataFilter.any(each)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at most 1,024 conditions; use oneOf");
      assertThat(index.nearest("a", vector, 1, MetadataFilter.oneOf("number", numbers))).hasSize(1);
    }
  }

  @Test
  void refusesToWorkAfterItWasClosed() {
    LuceneVectorIndex index = LuceneVectorIndex.inMemory(SPACE);
    float[] vector = vector(new Random(1), new float[64]);
    index.put("a", new VectorEntry("x", vector, Map.of()));
    index.close();
    index.close();

    assertThatThrownBy(() -> index.put("a", new VectorEntry("y", vector, Map.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the vector index is closed; open it again");
    assertThatThrownBy(() -> index.nearest("a", vector, 1, ANY))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> index.removeAll("b")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(index::commit).isInstanceOf(IllegalStateException.class);
  }

  private static float[] vector(Random random, float[] center) {
    float[] vector = new float[center.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = center[i] + (float) random.nextGaussian();
    }
    return vector;
  }
}
