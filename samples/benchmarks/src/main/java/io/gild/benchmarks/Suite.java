package io.gild.benchmarks;

import java.util.List;
import java.util.function.Consumer;

/** Something that can be measured by its name. */
interface Suite {

  /**
   * Measures.
   *
   * @param options how much, and which part of it
   * @param progress receives the current step
   * @return both sides of each comparison
   * @throws Exception if a side cannot be run
   */
  List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws Exception;
}
