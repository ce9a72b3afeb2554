package io.gild.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One benchmark in one fresh JVM. */
final class Fork {

  private static final int FIRST_TO_WARN_OF_UNSAFE = 24;

  private Fork() {}

  static void run(String benchmark, Effort effort, List<String> flags, Samples samples)
      throws RunnerException {
    TimeValue length = TimeValue.milliseconds(effort.millis());
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("\\." + Pattern.quote(benchmark) + "$")
        .forks(1)
        .warmupIterations(effort.warmups())
        .warmupTime(length)
        .measurementIterations(effort.iterations())
        .measurementTime(length)
        .addProfiler(GCProfiler.class)
        .addProfiler(CpuTimeProfiler.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .jvmArgsAppend(jvmArguments(flags));
    for (BenchmarkResult fork : new Runner(options).runSingle().getBenchmarkResults()) {
      samples.add(fork);
    }
  }

  private static String[] jvmArguments(List<String> flags) {
    List<String> arguments = new ArrayList<>(List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC"));
    if (Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE) {
      arguments.add("--sun-misc-unsafe-memory-access=allow");
    }
    arguments.addAll(flags);
    return arguments.toArray(String[]::new);
  }
}
