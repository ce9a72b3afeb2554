package io.gild.benchmarks;

import io.gild.benchmarks.QuestionStream.Asked;
import io.gild.core.spi.Embedder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The semantic cache beside a threshold on similarity that is chosen while the stream runs, and the
 * best one in hindsight, all with the same bound on wrong answers.
 */
final class CacheContest {

  private static final double[] BOUNDS = {0.005, 0.01, 0.02, 0.05};
  private static final double[] THRESHOLDS = {
    0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.88, 0.91, 0.94, 0.96, 0.98
  };

  private final QuestionStream stream;
  private final Embedder embedder;
  private final int seeds;

  CacheContest(QuestionStream stream, Embedder embedder, int seeds) {
    this.stream = stream;
    this.embedder = new KnownVectors(embedder);
    this.seeds = seeds;
  }

  /** Compares the hits at one bound. */
  Row hits(String name, double rate) {
    List<CacheRun> ours = new ArrayList<>();
    List<CacheRun> naive = new ArrayList<>();
    List<CacheRun> hindsight = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      List<Asked> questions = stream.shuffled(seed);
      ours.add(CacheRun.calibrated(questions, embedder, rate, seed));
      naive.add(CacheRun.naive(questions, embedder, rate));
      hindsight.add(best(questions, rate));
    }
    String measured =
        "hits in %% of requests, means of %d seeds of %,d questions; %s"
            .formatted(seeds, ours.get(0).requests(), embedder.name());
    return new Row(
        name + " / threshold chosen online",
        "%",
        Medians.of(mean(ours)),
        Medians.of(mean(naive)),
        measured
            + described("; ours", ours)
            + described("; online", naive)
            + described("; best in hindsight %.1f".formatted(mean(hindsight)), hindsight));
  }

  private CacheRun best(List<Asked> questions, double rate) {
    CacheRun best = new CacheRun(questions.size(), 0, 0, 0);
    for (double threshold : THRESHOLDS) {
      CacheRun run = CacheRun.fixed(questions, embedder, threshold);
      if (run.keeps(rate)) {
        best = best.hits() >= run.hits() ? best : run;
      }
    }
    return best;
  }

  private static double mean(List<CacheRun> runs) {
    return runs.stream().mapToDouble(CacheRun::hitPercent).average().orElse(0);
  }

  private static String described(String name, List<CacheRun> runs) {
    String wrong =
        runs.stream()
            .map(run -> "%.2f".formatted(run.wrongPercent()))
            .collect(Collectors.joining(" "));
    String outOfScope =
        runs.stream().map(run -> "" + run.outOfScope()).collect(Collectors.joining(" "));
    return name + ": wrong % " + wrong + ", out of scope " + outOfScope;
  }

  /** Counts in how many runs the bound was kept, over all bounds. */
  Row bounds(String name) {
    List<String> texts = new ArrayList<>();
    int kept = 0;
    int naiveKept = 0;
    for (double rate : BOUNDS) {
      int keptHere = 0;
      int naiveHere = 0;
      List<CacheRun> runs = new ArrayList<>();
      for (int seed = 1; seed <= seeds; seed++) {
        List<Asked> questions = stream.shuffled(seed);
        CacheRun ours = CacheRun.calibrated(questions, embedder, rate, seed);
        runs.add(ours);
        keptHere += ours.keeps(rate) ? 1 : 0;
        naiveHere += CacheRun.naive(questions, embedder, rate).keeps(rate) ? 1 : 0;
      }
      double worst =
          runs.stream().map(CacheRun::wrongPercent).max(Comparator.naturalOrder()).orElse(0.0);
      texts.add(
          String.format(
              Locale.ROOT,
              "%.1f %%: kept %d and %d of %d, worst %.2f %%, hits %.1f %%",
              100 * rate,
              keptHere,
              naiveHere,
              seeds,
              worst,
              mean(runs)));
      kept += keptHere;
      naiveKept += naiveHere;
    }
    double runs = (double) seeds * BOUNDS.length;
    return new Row(
        name + " / threshold chosen online",
        "%",
        Medians.of(100 * kept / runs),
        Medians.of(100 * naiveKept / runs),
        "runs that kept the bound; " + String.join("; ", texts));
  }
}
