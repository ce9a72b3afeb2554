package io.gild.benchmarks;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorSpace;
import io.gild.vectors.lucene.LuceneVectorIndex;
import io.gild.vectors.spi.VectorIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Searches for the ten nearest of clustered vectors of 384 dimensions, one at a time. */
final class NearestVectors {

  static final int DIMENSIONS = 384;

  private static final int CLUSTERS = 1_000;
  private static final int NEAREST = 10;
  private static final int WARMUPS = 60;
  private static final int QUERIES = 200;
  private static final double SPREAD = 0.35;
  private static final String PARTITION = "bench";

  private final int entries;
  private final float[][] centres = new float[CLUSTERS][];

  NearestVectors(int entries) {
    this.entries = entries;
    Random random = new Random(1);
    for (int i = 0; i < CLUSTERS; i++) {
      centres[i] = gaussian(random);
    }
  }

  /**
   * What was measured.
   *
   * @param micros median time of a search
   * @param recall share of the ten nearest that were found
   * @param bytes heap that the index takes, by entry
   */
  record Measured(double micros, double recall, double bytes) {}

  private static float[] gaussian(Random random) {
    float[] vector = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private float[] vector(Random random) {
    float[] centre = centres[random.nextInt(CLUSTERS)];
    float[] vector = gaussian(random);
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = (float) (centre[i] + SPREAD * vector[i]);
    }
    return vector;
  }

  private List<float[]> queries() {
    Random random = new Random(3);
    List<float[]> queries = new ArrayList<>();
    for (int i = 0; i < WARMUPS + QUERIES; i++) {
      queries.add(vector(random));
    }
    return queries;
  }

  private VectorSpace space() {
    return new VectorSpace("bench", DIMENSIONS);
  }

  private void fill(VectorIndex index) {
    Random random = new Random(2);
    for (int i = 0; i < entries; i++) {
      index.put(PARTITION, new VectorEntry("e" + i, vector(random), Map.of()));
    }
  }

  private Measured measure(
      Function<float[], Set<String>> search, List<Set<String>> exact, double bytes) {
    List<float[]> queries = queries();
    List<Long> nanos = new ArrayList<>();
    double found = 0;
    for (int i = 0; i < queries.size(); i++) {
      long start = System.nanoTime();
      Set<String> ids = search.apply(queries.get(i));
      long took = System.nanoTime() - start;
      if (i >= WARMUPS) {
        nanos.add(took);
        Set<String> right = exact.isEmpty() ? ids : exact.get(i - WARMUPS);
        found += (double) ids.stream().filter(right::contains).count() / NEAREST;
      }
    }
    return new Measured(Medians.medianMicros(nanos), found / QUERIES, bytes);
  }

  private static Set<String> ids(VectorIndex index, float[] query) {
    return index.nearest(PARTITION, query, NEAREST, MetadataFilter.none()).stream()
        .map(each -> each.id())
        .collect(Collectors.toSet());
  }

  /** Measures the exact index, and remembers the right answers. */
  Measured flat(List<Set<String>> exact) {
    long before = heap();
    try (FlatVectorIndex index = new FlatVectorIndex(space())) {
      fill(index);
      double bytes = (double) (heap() - before) / entries;
      List<float[]> queries = queries();
      queries.subList(WARMUPS, queries.size()).forEach(each -> exact.add(ids(index, each)));
      return measure(query -> ids(index, query), exact, bytes);
    }
  }

  Measured lucene(List<Set<String>> exact) throws Exception {
    long before = heap();
    try (LuceneVectorIndex index = LuceneVectorIndex.inMemory(space())) {
      fill(index);
      index.compact(PARTITION);
      double bytes = (double) (heap() - before) / entries;
      return measure(query -> ids(index, query), exact, bytes);
    }
  }

  Measured langChain4j(List<Set<String>> exact) {
    long before = heap();
    InMemoryEmbeddingStore<String> store = new InMemoryEmbeddingStore<>();
    Random random = new Random(2);
    for (int i = 0; i < entries; i++) {
      store.add("e" + i, Embedding.from(vector(random)));
    }
    double bytes = (double) (heap() - before) / entries;
    return measure(
        query ->
            store
                .search(
                    EmbeddingSearchRequest.builder()
                        .queryEmbedding(Embedding.from(query))
                        .maxResults(NEAREST)
                        .build())
                .matches()
                .stream()
                .map(each -> each.embeddingId())
                .collect(Collectors.toSet()),
        exact,
        bytes);
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
