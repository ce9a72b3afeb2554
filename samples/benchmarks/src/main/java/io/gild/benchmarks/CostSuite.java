package io.gild.benchmarks;

import io.gild.core.spi.Embedder;
import io.gild.vectors.HashEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What caches, routing, budgets and token limits save and hold, and how often they are wrong. */
final class CostSuite {

  private static final int SEEDS = 5;
  private static final int FEW_SEEDS = 2;
  private static final double TWO_PERCENT = 0.02;
  private static final int CALLS = 200_000;
  private static final int FEW_CALLS = 20_000;
  private static final int LABELS = 1_500;
  private static final int CHECKED = 20_000;

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
    int rounds = options.effort().rounds();
    suite.hits("cache-clinc150-2pct", HashEmbedder::new);
    suite.hits("cache-clinc150-2pct-minilm", CostSuite::miniLm);
    suite.stream(
        "cache-error-bound", HashEmbedder::new, contest -> contest.bounds("cache-error-bound"));
    suite.measure("semantic-10k", () -> new SemanticLookups(10_000).measure("semantic-10k"));
    suite.measure(
        "semantic-1m", () -> new SemanticLookups(5 * suite.calls()).search("semantic-1m"));
    suite.measure(
        "ledger-append", () -> new LedgerAppends(suite.calls(), rounds).measure("ledger-append"));
    suite.measure(
        "ledger-read-1m",
        () -> new LedgerReads(5 * suite.calls(), rounds).measure("ledger-read-1m"));
    suite.measure(
        "ledger-postgres",
        () -> new LedgerInserts(suite.calls() / 2, rounds).measure("ledger-postgres"));
    suite.measure("budget-1000", () -> BudgetRace.race("budget-1000"));
    suite.measure("budget-1000-redis", () -> BudgetRace.raceInRedis("budget-1000-redis"));
    suite.measure(
        "budget-overhead", () -> BudgetRace.overhead("budget-overhead", options.effort().rounds()));
    suite.measure(
        "budget-overhead-redis", () -> BudgetRace.overheadInRedis("budget-overhead-redis", rounds));
    suite.trace("tpm-azure");
    suite.measure("exact-hit", () -> ExactCache.hit("exact-hit", rounds));
    suite.queries("exact-log");
    suite.router();
    suite.measure("cascade-saving", suite::cascade);
    return suite.rows;
  }

  private int calls() {
    return seeds == SEEDS ? CALLS : FEW_CALLS;
  }

  private void trace(String name) throws Exception {
    Path file = options.trace();
    if (file != null) {
      measure(name, () -> new TokensPerMinute(file).row(name));
    } else if (name.startsWith(options.only())) {
      progress.accept(name + " is not measured: name the requests with --trace");
    }
  }

  private void queries(String name) throws Exception {
    Path file = options.queries();
    if (file != null && name.startsWith(options.only())) {
      progress.accept(name);
      rows.addAll(ExactCache.log(name, file));
    } else if (file == null && name.startsWith(options.only())) {
      progress.accept(name + " is not measured: name the queries with --queries");
    }
  }

  private void router() throws Exception {
    Path file = options.router();
    if (file == null) {
      if ("router".startsWith(options.only()) || options.only().startsWith("router")) {
        progress.accept("router is not measured: name the questions with --router");
      }
      return;
    }
    measure("router / length of the prompt", () -> router(new RouterQuality(file), file));
  }

  private static Row router(RouterQuality quality, Path file) {
    boolean learns = quality.size() > 2 * LABELS && quality.domains() > 1;
    String learned =
        learns
            ? ", learned from %,d labels %.3f (of subjects without a label %.3f)"
                .formatted(LABELS, quality.learned(LABELS), quality.learnedByDomain(LABELS))
            : "";
    return new Row(
        "router / length of the prompt",
        "% APGR",
        Score.of(100 * quality.complexity()),
        Score.of(100 * quality.length()),
        "%,d questions of %s: random %.3f, length %.3f, complexity %.3f%s"
            .formatted(
                quality.size(),
                file.getFileName(),
                quality.random(),
                quality.length(),
                quality.complexity(),
                learned));
  }

  private Row cascade() throws IOException {
    CascadeSaving saving = new CascadeSaving(seeds == SEEDS ? CHECKED : CHECKED / 10);
    CascadeSaving.Outcome large = saving.run("{strategy: fixed, tiers: [large]}");
    CascadeSaving.Outcome small = saving.run("{strategy: fixed, tiers: [small]}");
    CascadeSaving.Outcome cascade = saving.run("{strategy: cascade}");
    return new Row(
        "cascade-saving / the large model alone",
        "USD",
        Score.of(cascade.usd()),
        Score.of(large.usd()),
        "%.1f %% saved; right answers %.2f %%, the large model %.2f %%, a small one %.2f %%; answered by %s"
            .formatted(
                100 * (1 - cascade.usd() / large.usd()),
                100 * cascade.correct(),
                100 * large.correct(),
                100 * small.correct(),
                shares(cascade)));
  }

  private static String shares(CascadeSaving.Outcome outcome) {
    return outcome.shares().entrySet().stream()
        .map(each -> "%s %.0f %%".formatted(each.getKey(), 100 * each.getValue()))
        .collect(Collectors.joining(", "));
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
