package io.gild.benchmarks;

import io.gild.core.spi.Embedder;
import io.gild.semantic.SemanticCache;
import io.gild.semantic.SemanticSettings;
import io.gild.semantic.SemanticVerdict;
import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.HashEmbedder;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Looks up questions among many earlier ones, and embeds them by the default embedder. */
final class SemanticLookups {

  private static final int QUERIES = 2_000;
  private static final int WARMUPS = 1_000;
  private static final int SEARCHES = 300;
  private static final int NEIGHBOURS = 10;
  private static final int VOCABULARY = 5_000;
  private static final int FEWEST_WORDS = 4;
  private static final int MORE_WORDS = 9;
  private static final String PARTITION = "bench";

  private final int entries;
  private final Random random = new Random(5);
  private final List<String> words = new ArrayList<>();

  SemanticLookups(int entries) {
    this.entries = entries;
    for (int i = 0; i < VOCABULARY; i++) {
      words.add(Integer.toString(1_000_000 + random.nextInt(1 << 28), 26).replaceAll("[0-9]", "e"));
    }
  }

  private String question() {
    StringBuilder text = new StringBuilder();
    int count = FEWEST_WORDS + random.nextInt(MORE_WORDS);
    for (int i = 0; i < count; i++) {
      double skewed = random.nextDouble() * random.nextDouble();
      text.append(words.get((int) (skewed * VOCABULARY))).append(' ');
    }
    return text.toString().strip();
  }

  /** Measures the lookup without the embedding, and the embedding. */
  Row measure(String name) {
    Embedder plain = new HashEmbedder();
    KnownVectors known = new KnownVectors(plain);
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < WARMUPS + QUERIES; i++) {
      questions.add(question());
      known.embed(questions.get(i));
    }
    try (SemanticCache<String> cache = filled(known)) {
      double bytes = (double) cache.statistics().weight() / entries;
      List<Long> lookups = new ArrayList<>();
      List<Long> embeddings = new ArrayList<>();
      float sum = 0;
      for (int i = 0; i < questions.size(); i++) {
        long start = System.nanoTime();
        SemanticVerdict<String> verdict = cache.lookup(PARTITION, questions.get(i));
        long middle = System.nanoTime();
        sum += plain.embed(questions.get(i))[0] + (float) verdict.probability();
        long end = System.nanoTime();
        if (i >= WARMUPS) {
          lookups.add(middle - start);
          embeddings.add(end - middle);
        }
      }
      return new Row(
          name + " / its embedding",
          "us",
          new Score(Medians.medianMicros(lookups), 0, Double.NaN, bytes),
          Medians.of(Medians.medianMicros(embeddings)),
          "median of a lookup among %,d questions without the embedding, and of the embedding by %s; about %,.0f B an entry; %s"
              .formatted(
                  entries, plain.name(), bytes, Float.isNaN(sum) ? "broken" : "exact search"));
    }
  }

  /** Measures the search for neighbours alone: a cache of so many entries takes hours to fill. */
  Row search(String name) {
    Embedder embedder = new HashEmbedder();
    int dimensions = embedder.embed("dimensions").length;
    try (FlatVectorIndex index =
        new FlatVectorIndex(new VectorSpace(embedder.name(), dimensions))) {
      long bytes = 0;
      for (int i = 0; i < entries; i++) {
        float[] vector = embedder.embed(question());
        bytes += FlatVectorIndex.bytes(vector);
        index.put(PARTITION, new VectorEntry(Integer.toString(i), vector, Map.of()));
      }
      List<Long> searches = new ArrayList<>();
      for (int i = 0; i < SEARCHES; i++) {
        float[] wanted = embedder.embed(question());
        long start = System.nanoTime();
        int found = index.nearest(PARTITION, wanted, NEIGHBOURS, MetadataFilter.none()).size();
        searches.add(System.nanoTime() - start);
        if (found != NEIGHBOURS) {
          throw new IllegalStateException("a search found " + found + " neighbours");
        }
      }
      double each = (double) bytes / entries;
      return new Row(
          name,
          "us",
          new Score(Medians.medianMicros(searches), 0, Double.NaN, each),
          Medians.of(Double.NaN),
          "median of the search for %d neighbours among %,d questions; about %,.0f B a vector; exact search"
              .formatted(NEIGHBOURS, entries, each));
    }
  }

  private SemanticCache<String> filled(Embedder embedder) {
    SemanticCache<String> cache =
        SemanticCache.<String>builder(embedder)
            .settings(
                new SemanticSettings(0.01, 0.1, Duration.ofDays(1), Long.MAX_VALUE / 4, 2_000))
            .build();
    for (int i = 0; i < entries; i++) {
      cache.learn(cache.lookup(PARTITION, question()), "answer " + i % (entries / 10));
    }
    return cache;
  }
}
