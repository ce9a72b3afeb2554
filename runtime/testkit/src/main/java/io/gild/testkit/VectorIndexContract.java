package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.config.Experimental;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorMatch;
import io.gild.vectors.VectorSpace;
import io.gild.vectors.spi.VectorIndex;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every index of vectors does. A test of an index extends this class; each test gets an index
 * of its own.
 */
@Experimental
public abstract class VectorIndexContract {

  /** The space of the indexes that are tested; their length is no multiple of eight. */
  protected static final VectorSpace SPACE = new VectorSpace("contract", 19);

  private static final MetadataFilter ANY = MetadataFilter.none();

  @SuppressWarnings("NullAway.Init") // set before each test
  private VectorIndex index;

  /** Creates the tests. */
  protected VectorIndexContract() {}

  /**
   * Creates an empty index of the space {@link #SPACE}.
   *
   * @return the index; closed after the test
   * @throws Exception if that is impossible
   */
  protected abstract VectorIndex create() throws Exception;

  /**
   * Returns the share of the nearest entries that the index has to find among many.
   *
   * @return above 0, and 1 for an exact index
   */
  protected double recall() {
    return 1;
  }

  @BeforeEach
  void open() throws Exception {
    index = create();
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Test
  void findsTheNearestFirst() {
    index.put("a", entry("east", 1, 0));
    index.put("a", entry("north", 0, 5));
    index.put("a", entry("north-east", 0.1f, 0.1f));

    List<VectorMatch> found = index.nearest("a", vector(2, 0.5f), 2, ANY);

    assertEquals(List.of("east", "north-east"), ids(found));
    assertEquals(2 / Math.sqrt(4.25), found.get(0).similarity(), 1e-6);
    assertEquals("contract", index.space().model());
  }

  @Test
  void ordersEntriesOfTheSameSimilarityById() {
    for (String id : List.of("c", "a", "d", "b")) {
      index.put("a", entry(id, 1, 0));
    }

    assertEquals(List.of("a", "b", "c"), ids(index.nearest("a", vector(3, 0), 3, ANY)));
  }

  @Test
  void replacesAnEntryWithTheSameId() {
    index.put("a", new VectorEntry("x", vector(1, 0), Map.of("version", 1)));
    index.put("a", new VectorEntry("x", vector(0, 1), Map.of("version", 2)));

    assertEquals(1, index.size("a"));
    List<VectorMatch> found = index.nearest("a", vector(0, 1), 5, ANY);
    assertEquals(List.of("x"), ids(found));
    assertEquals(1, found.get(0).similarity(), 1e-6);
    assertEquals(entry("x", 0, 1, Map.of("version", 2)), index.get("a", "x").orElseThrow());
  }

  @Test
  void findsNothingThatWasRemoved() {
    for (int i = 0; i < 600; i++) {
      index.put("a", entry("e" + i, 1, i));
    }
    for (int i = 0; i < 600; i += 2) {
      assertTrue(index.remove("a", "e" + i));
    }

    assertFalse(index.remove("a", "e0"));
    assertFalse(index.remove("elsewhere", "e1"));
    assertEquals(300, index.size("a"));
    assertTrue(index.get("a", "e4").isEmpty());
    assertTrue(
        index.nearest("a", vector(1, 4), 300, ANY).stream()
            .allMatch(match -> Integer.parseInt(match.id().substring(1)) % 2 == 1));
  }

  @Test
  void keepsPartitionsApart() {
    List<String> names = List.of("acme", "acme/../other", "Acme", "", "a*", "\u00e4\n\0", "other");
    for (String name : names) {
      index.put(name, entry("secret of " + name, 1, 0));
    }

    for (String name : names) {
      assertEquals(List.of("secret of " + name), ids(index.nearest(name, vector(1, 0), 100, ANY)));
    }
    assertEquals(1, index.removeAll("acme"));
    assertEquals(0, index.removeAll("acme"));
    assertEquals(List.of(), index.nearest("acme", vector(1, 0), 1, ANY));
    assertEquals(1, index.size("Acme"));
  }

  @Test
  void findsOnlyEntriesWhoseMetadataFit() {
    index.put("a", new VectorEntry("old", vector(1, 0), Map.of("kind", "fact", "year", 1999)));
    index.put("a", new VectorEntry("new", vector(1, 1), Map.of("kind", "fact", "year", 2026L)));
    index.put("a", new VectorEntry("odd", vector(0, 1), Map.of("kind", "plan", "open", true)));

    assertEquals(List.of("old", "new"), filtered(MetadataFilter.equalTo("kind", "fact")));
    assertEquals(List.of("new"), filtered(MetadataFilter.atLeast("year", 2000.5)));
    assertEquals(List.of("old"), filtered(MetadataFilter.equalTo("year", 1999.0)));
    assertEquals(List.of("old"), filtered(MetadataFilter.atMost("year", 1999)));
    assertEquals(List.of("odd"), filtered(MetadataFilter.equalTo("open", true)));
    assertEquals(
        List.of("odd"), filtered(MetadataFilter.not(MetadataFilter.equalTo("kind", "fact"))));
    assertEquals(
        List.of("new", "odd"),
        filtered(
            MetadataFilter.any(
                MetadataFilter.oneOf("kind", List.of("plan", "none")),
                MetadataFilter.all(
                    MetadataFilter.equalTo("kind", "fact"),
                    MetadataFilter.atLeast("year", 2000)))));
    assertEquals(List.of(), filtered(MetadataFilter.equalTo("missing", "x")));
    assertEquals(List.of(), filtered(MetadataFilter.any()));
  }

  /** The numbers of each pair are the same as doubles. */
  @Test
  void comparesNumbersExactly() {
    List<String> numbers =
        List.of(
            "-1e400",
            "-9007199254740993",
            "-9007199254740992",
            "-0.1",
            "-1e-400",
            "0",
            "1e-400",
            "0.1",
            "0.1000000000000000055511151231257827",
            "9007199254740992",
            "9007199254740993",
            "1e400");
    for (int i = 0; i < numbers.size(); i++) {
      Map<String, Object> metadata = Map.of("number", new BigDecimal(numbers.get(i)), "other", -i);
      index.put("a", new VectorEntry("n" + (char) ('a' + i), vector(1, 0), metadata));
    }

    for (int i = 0; i < numbers.size(); i++) {
      BigDecimal number = new BigDecimal(numbers.get(i));
      List<String> all = filtered(MetadataFilter.none());
      MetadataFilter atLeast = MetadataFilter.atLeast("number", number);
      MetadataFilter atMost = MetadataFilter.atMost("number", number);
      assertEquals(all.subList(i, all.size()), filtered(atLeast));
      assertEquals(all.subList(0, i + 1), filtered(atMost));
      assertEquals(all.subList(0, i), filtered(MetadataFilter.not(atLeast)));
      assertEquals(all.subList(i, i + 1), filtered(MetadataFilter.equalTo("number", number)));
      assertEquals(all.subList(i, i + 1), filtered(MetadataFilter.all(atLeast, atMost)));
      assertEquals(
          all.subList(i, i + 1), filtered(new MetadataFilter.Between("number", number, number)));
    }
  }

  @Test
  void keepsAnyText() {
    List<String> texts = List.of("\ud800", "\ufffd", "\ud801", "a", "A", "x".repeat(40_000), "\0");
    for (String text : texts) {
      index.put(text, new VectorEntry(text, vector(1, 0), Map.of(text, text, "other", "a")));
      index.put("all", new VectorEntry(text, vector(1, 0), Map.of(text, text, "other", "a")));
    }

    assertEquals(texts.size(), index.size("all"));
    for (String text : texts) {
      MetadataFilter filter = MetadataFilter.equalTo(text, text);
      assertEquals(List.of(text), ids(index.nearest(text, vector(1, 0), 10, ANY)));
      assertEquals(List.of(text), ids(index.nearest("all", vector(1, 0), 10, filter)));
      assertEquals(
          Map.of(text, text, "other", "a"), index.get("all", text).orElseThrow().metadata());
    }
    assertTrue(index.remove("all", "\ud800"));
    assertTrue(index.get("all", "\ufffd").isPresent());
  }

  @Test
  void findsAsManyAsWantedAmongEqualAndSparseVectors() {
    for (int i = 0; i < 1_500; i++) {
      index.put("equal", entry("e" + i, 1, 0));
      float[] sparse = new float[SPACE.dimensions()];
      sparse[i % sparse.length] = 1 + i;
      index.put("sparse", new VectorEntry("e" + i, sparse, Map.of()));
    }

    assertEquals(30, index.nearest("equal", vector(1, 0), 30, ANY).size());
    List<VectorMatch> found = index.nearest("sparse", vector(1, 0), 30, ANY);
    assertEquals(30, found.size());
    assertTrue(found.stream().filter(match -> match.similarity() > 0.99).count() >= 30 * recall());
  }

  @Test
  void rejectsVectorsThatCannotBeCompared() {
    assertRejected(new float[3], "3 dimensions; those of contract have 19");
    assertRejected(new float[19], "must not be zero");
    float[] odd = vector(1, 1);
    odd[7] = Float.NaN;
    assertRejected(odd, "must be finite, but has NaN at 7");
    odd[7] = Float.NEGATIVE_INFINITY;
    assertRejected(odd, "-Infinity at 7");
    assertThrows(IllegalArgumentException.class, () -> index.nearest("a", vector(1, 0), 0, ANY));
    assertEquals(0, index.size("a"));
  }

  @Test
  void findsTheNearestAmongMany() {
    Random random = new Random(7);
    List<VectorEntry> entries = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      VectorEntry entry = new VectorEntry("e" + i, random(random), Map.of("odd", i % 2 == 1));
      entries.add(entry);
      index.put("a", entry);
    }
    int found = 0;
    for (int query = 0; query < 20; query++) {
      float[] wanted = random(random);
      List<String> expected =
          entries.stream()
              .filter(entry -> Boolean.TRUE.equals(entry.metadata().get("odd")))
              .sorted(Comparator.comparingDouble(entry -> -cosine(entry.vector(), wanted)))
              .limit(10)
              .map(VectorEntry::id)
              .toList();
      List<String> nearest =
          ids(index.nearest("a", wanted, 10, MetadataFilter.equalTo("odd", true)));
      found += (int) expected.stream().filter(nearest::contains).count();
    }

    assertTrue(found >= recall() * 200, found + " of 200 nearest entries");
  }

  @Test
  void losesNothingThatThreadsAddAtOnce() throws Exception {
    int threads = 4;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int own = thread;
        tasks.add(() -> {
          for (int i = 0; i < 200; i++) {
            index.put("shared", entry(own + "-" + i, own + 1, i));
            index.put("own" + own, entry("only", 1, i));
            index.remove("own" + own, "only");
            index.nearest("shared", vector(1, i), 3, ANY);
          }
          return null;
        });
      }
      for (Future<Void> done : executor.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      executor.shutdownNow();
    }

    assertEquals(threads * 200, index.size("shared"));
    assertEquals(0, index.size("own1"));
  }

  private List<String> filtered(MetadataFilter filter) {
    return ids(index.nearest("a", vector(1, 0), 50, filter));
  }

  private void assertRejected(float[] vector, String message) {
    VectorEntry entry = new VectorEntry("bad", vector, Map.of());
    List<Exception> thrown =
        List.of(
            assertThrows(IllegalArgumentException.class, () -> index.put("a", entry)),
            assertThrows(IllegalArgumentException.class, () -> index.nearest("a", vector, 1, ANY)));
    thrown.forEach(each -> assertTrue(each.toString().contains(message), each.toString()));
  }

  private static List<String> ids(List<VectorMatch> matches) {
    return matches.stream().map(VectorMatch::id).toList();
  }

  private static VectorEntry entry(String id, float first, float last) {
    return entry(id, first, last, Map.of());
  }

  private static VectorEntry entry(String id, float first, float last, Map<String, ?> metadata) {
    return new VectorEntry(id, vector(first, last), metadata);
  }

  private static float[] vector(float first, float last) {
    float[] vector = new float[SPACE.dimensions()];
    vector[0] = first;
    vector[vector.length - 1] = last;
    return vector;
  }

  private static float[] random(Random random) {
    float[] vector = new float[SPACE.dimensions()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static double cosine(float[] left, float[] right) {
    double product = 0;
    double ofLeft = 0;
    double ofRight = 0;
    for (int i = 0; i < left.length; i++) {
      product += (double) left[i] * right[i];
      ofLeft += (double) left[i] * left[i];
      ofRight += (double) right[i] * right[i];
    }
    return product / Math.sqrt(ofLeft * ofRight);
  }
}
