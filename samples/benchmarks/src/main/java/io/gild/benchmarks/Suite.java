package io.gild.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/** A family of measurements. */
interface Suite {

  /**
   * Measures what was asked for.
   *
   * @param progress hears one line at a time
   */
  List<Row> run(Options options, Consumer<String> progress) throws RunnerException, IOException;
}
