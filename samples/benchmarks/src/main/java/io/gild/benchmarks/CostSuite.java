package io.gild.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** What knowing and saving money takes. */
final class CostSuite {

  private static final int CALLS = 200_000;
  private static final int FEW_CALLS = 20_000;
  private static final int ENTRIES = 1_000_000;
  private static final int FEW_ENTRIES = 100_000;

  private final BenchmarkOptions options;
  private final Consumer<String> progress;
  private final boolean quick;
  private final List<Row> rows = new ArrayList<>();

  private CostSuite(BenchmarkOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    this.quick = options.effort().rounds() < Effort.USUAL.rounds();
  }

  static List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws Exception {
    CostSuite suite = new CostSuite(options, progress);
    int rounds = options.effort().rounds();
    suite.measure(
        "ledger-append",
        () -> new LedgerAppends(suite.quick ? FEW_CALLS : CALLS, rounds).measure("ledger-append"));
    suite.measure(
        "ledger-read-1m",
        () ->
            new LedgerReads(suite.quick ? FEW_ENTRIES : ENTRIES, rounds).measure("ledger-read-1m"));
    return suite.rows;
  }

  private void measure(String name, Callable<Row> measured) throws Exception {
    if (name.startsWith(options.only())) {
      progress.accept(name);
      rows.add(measured.call());
    }
  }
}
