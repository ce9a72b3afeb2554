package io.gild.benchmarks;

import io.gild.core.spi.Embedder;
import io.gild.vectors.HashEmbedder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What caches save and how often they are wrong, what budgets and token limits hold. */
final class CostSuite {

  private static final int SEEDS = 5;
  private static final int FEW_SEEDS = 2;
  private static final double TWO_PERCENT = 0.02;

  private final BenchmarkOptions options;
  private final Consumer<String> progress;
  private final int seeds;
  private final List<Row> rows = new ArrayList<>();

  private CostSuite(BenchmarkOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    boolean quick = options.effort().rounds() < Effort.USUAL.rounds();
    this.seeds = quick ? FEW_SEEDS : SEEDS;
  }

  static List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws Exception {
    CostSuite suite = new CostSuite(options, progress);
    suite.hits("cache-clinc150-2pct", HashEmbedder::new);
    suite.hits("cache-clinc150-2pct-minilm", CostSuite::miniLm);
    suite.stream(
        "cache-error-bound", HashEmbedder::new, contest -> contest.bounds("cache-error-bound"));
    suite.measure("semantic-10k", () -> new SemanticLookups(10_000).measure("semantic-10k"));
    suite.measure("budget-1000", () -> BudgetRace.race("budget-1000"));
    suite.measure(
        "budget-overhead", () -> BudgetRace.overhead("budget-overhead", options.effort().rounds()));
    suite.trace("tpm-azure");
    return suite.rows;
  }

  private void trace(String name) throws Exception {
    Path file = options.trace();
    if (file != null) {
      measure(name, () -> new TokensPerMinute(file).row(name));
    } else if (name.startsWith(options.only())) {
      progress.accept(name + " is not measured: name the requests with --trace");
    }
  }

  private static Embedder miniLm() {
    return ServiceLoader.load(Embedder.class).findFirst().orElseThrow();
  }

  private void hits(String name, Supplier<Embedder> embedder) throws Exception {
    stream(name, embedder, contest -> contest.hits(name, TWO_PERCENT));
  }

  /** Makes a row of a contest. */
  private interface Contested {
    Row row(CacheContest contest);
  }

  private void stream(String name, Supplier<Embedder> embedder, Contested contested)
      throws Exception {
    Path file = options.stream();
    if (file == null) {
      if (name.startsWith(options.only())) {
        progress.accept(name + " is not measured: name the questions with --stream");
      }
      return;
    }
    measure(
        name,
        () -> contested.row(new CacheContest(new QuestionStream(file), embedder.get(), seeds)));
  }

  private void measure(String name, Callable<Row> measured) throws Exception {
    if (name.startsWith(options.only())) {
      progress.accept(name);
      rows.add(measured.call());
    }
  }
}
