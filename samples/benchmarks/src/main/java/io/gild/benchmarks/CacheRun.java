package io.gild.benchmarks;

import io.gild.benchmarks.QuestionStream.Asked;
import io.gild.core.spi.Embedder;
import io.gild.semantic.SemanticCache;
import io.gild.semantic.SemanticSettings;
import io.gild.semantic.SemanticVerdict;
import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorMatch;
import io.gild.vectors.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a cache did with a stream.
 *
 * @param requests how many questions there were
 * @param hits how many answers it repeated
 * @param wrong how many of them wrongly
 * @param outOfScope how many of these to questions out of scope
 */
record CacheRun(int requests, int hits, int wrong, int outOfScope) {

  private static final int FIT_EVERY = 100;
  private static final String PARTITION = "stream";

  double hitPercent() {
    return 100.0 * hits / requests;
  }

  double wrongPercent() {
    return 100.0 * wrong / requests;
  }

  boolean keeps(double rate) {
    return wrong <= rate * requests;
  }

  private CacheRun after(Asked asked, String repeated) {
    boolean right = asked.hasAnswerOf(repeated);
    return new CacheRun(
        requests, hits + 1, wrong + (right ? 0 : 1), outOfScope + (asked.isOutOfScope() ? 1 : 0));
  }

  /** Runs the semantic cache. */
  static CacheRun calibrated(List<Asked> stream, Embedder embedder, double rate, int seed) {
    Random random = new Random(1_000L + seed);
    CacheRun run = new CacheRun(stream.size(), 0, 0, 0);
    try (SemanticCache<String> cache =
        SemanticCache.<String>builder(embedder)
            .settings(SemanticSettings.DEFAULTS.withMaxErrorRate(rate))
            .equality(QuestionStream::sameAnswer)
            .executor(Runnable::run)
            .random(random::nextDouble)
            .build()) {
      for (Asked asked : stream) {
        SemanticVerdict<String> verdict = cache.lookup(PARTITION, asked.text());
        String repeated = verdict.answer();
        if (verdict.isHit() && repeated != null) {
          run = run.after(asked, repeated);
        } else {
          cache.learn(verdict, asked.intent());
        }
      }
    }
    return run;
  }

  /** Runs a cache with a fixed threshold on similarity. */
  static CacheRun fixed(List<Asked> stream, Embedder embedder, double threshold) {
    return compared(stream, embedder, threshold, 0);
  }

  /**
   * Runs a cache that chooses its threshold on similarity from its misses: the lowest one above
   * which no more of them than the rate would have been wrong.
   */
  static CacheRun naive(List<Asked> stream, Embedder embedder, double rate) {
    return compared(stream, embedder, 2, rate);
  }

  private static CacheRun compared(
      List<Asked> stream, Embedder embedder, double first, double rate) {
    CacheRun run = new CacheRun(stream.size(), 0, 0, 0);
    int dimensions = embedder.embed("dimensions").length;
    List<double[]> seen = new ArrayList<>();
    double threshold = first;
    try (FlatVectorIndex index =
        new FlatVectorIndex(new VectorSpace(embedder.name(), dimensions))) {
      for (int i = 0; i < stream.size(); i++) {
        Asked asked = stream.get(i);
        float[] vector = embedder.embed(asked.text());
        List<VectorMatch> near = index.nearest(PARTITION, vector, 1, MetadataFilter.none());
        String repeated =
            near.isEmpty() ? "" : String.valueOf(near.get(0).metadata().get("intent"));
        if (!near.isEmpty() && near.get(0).similarity() >= threshold) {
          run = run.after(asked, repeated);
        } else {
          if (!near.isEmpty()) {
            double wrong = asked.hasAnswerOf(repeated) ? 0 : 1;
            seen.add(new double[] {near.get(0).similarity(), wrong});
          }
          index.put(
              PARTITION,
              new VectorEntry(Integer.toString(i), vector, Map.of("intent", asked.intent())));
        }
        if (rate > 0 && i % FIT_EVERY == FIT_EVERY - 1) {
          threshold = lowest(seen, rate * (i + 1));
        }
      }
    }
    return run;
  }

  private static double lowest(List<double[]> seen, double mostWrong) {
    seen.sort((one, other) -> Double.compare(other[0], one[0]));
    double wrong = 0;
    double threshold = 2;
    for (double[] each : seen) {
      wrong += each[1];
      if (wrong > mostWrong) {
        break;
      }
      threshold = each[0];
    }
    return threshold;
  }
}
