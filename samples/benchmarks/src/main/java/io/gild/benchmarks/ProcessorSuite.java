package io.gild.benchmarks;

import static java.util.Objects.requireNonNull;

import io.gild.benchmarks.BuildJvm.Took;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What Gild adds to a build: javac with the annotation processor, writing wrappers or only the
 * registry for the goal {@code weave}, and javac with the plugin, beside javac without either, in
 * turn, on the same agents.
 */
final class ProcessorSuite {

  private static final int AGENTS = 511;
  private static final int RUNS = 5;

  /** A daemon's javac is JIT-compiled only after some builds. */
  private static final int WARMUPS = 4;

  private static final double NANOS_PER_MILLI = 1e6;

  /** Short builds often run with only the first compiler of the JVM. */
  private static final List<String> FIRST_COMPILER = List.of("-XX:TieredStopAtLevel=1");

  /**
   * A way of compiling.
   *
   * @param suffix the end of its rows' names
   * @param what its description
   * @param arguments of javac
   */
  private record Side(String suffix, String what, List<String> arguments) {}

  private final Path folder;
  private final Consumer<String> progress;
  private final List<String> plain;
  private final List<Side> sides;
  private final String weaver;
  private final String measured;

  private ProcessorSuite(Path folder, Consumer<String> progress) throws IOException {
    this.folder = folder;
    this.progress = progress;
    AgentSources agents =
        AgentSources.write(AGENTS, Files.createDirectories(folder.resolve("src")));
    Path files = folder.resolve("files");
    Files.write(files, agents.files().stream().map(Path::toString).toList());
    List<String> usual =
        List.of("-parameters", "-cp", jars("lib"), "-d", output().toString(), "@" + files);
    List<String> processor = List.of("-processorpath", jars("processor"));
    plain = join(Stream.of(List.of("-proc:none"), usual));
    sides =
        List.of(
            new Side("", "javac with the processor", join(Stream.of(processor, usual))),
            new Side(
                "-only",
                "javac with -Agild.weaving=only",
                join(Stream.of(List.of("-Agild.weaving=only"), processor, usual))),
            new Side(
                "-plugin",
                "javac with -Xplugin:Gild",
                join(
                    Stream.of(
                        List.of("-proc:none", "-Xplugin:Gild classes=" + output()),
                        processor,
                        usual))));
    weaver = jars("weaver");
    measured = " on " + AGENTS + " agents, " + agents.lines() + " lines in all, ";
  }

  private static List<String> join(Stream<List<String>> parts) {
    return parts.flatMap(List::stream).toList();
  }

  static List<Row> run(BenchmarkOptions options, Consumer<String> progress)
      throws RunnerException, IOException {
    Path folder = Files.createTempDirectory("gild-bench-processor");
    try {
      ProcessorSuite suite = new ProcessorSuite(folder, progress);
      int runs = options.effort().equals(Effort.USUAL) ? RUNS : options.effort().rounds();
      List<Row> rows = new ArrayList<>();
      if ("javac-cold".startsWith(options.only())) {
        rows.addAll(suite.cold(runs));
      }
      if ("javac-first".startsWith(options.only())) {
        rows.addAll(suite.first(runs));
      }
      if ("javac-warm".startsWith(options.only())) {
        rows.addAll(suite.warm(Math.min(WARMUPS, runs), runs));
      }
      return rows;
    } finally {
      delete(folder);
    }
  }

  /** A fresh JVM for each compilation, like a build from the command line. */
  private List<Row> cold(int runs) throws IOException, RunnerException {
    Contestants all = new Contestants();
    Samples goal = new Samples();
    for (int i = 0; i <= runs; i++) {
      progress.accept("javac-cold, round " + i + " of " + runs);
      boolean counts = i > 0;
      all.add(counts, arguments -> BuildJvm.compileOnce(List.of(), arguments));
      add(goal, counts, BuildJvm.weaveOnce(weaver, output()));
    }
    String how = "each in a fresh JVM";
    List<Row> rows = new ArrayList<>(all.rows("javac-cold", how));
    rows.add(row("weave-cold", goal, all.without, "the goal weave after it", how));
    return rows;
  }

  /** A fresh JVM for each compilation, with only the first compiler of the JVM. */
  private List<Row> first(int runs) throws IOException, RunnerException {
    Contestants all = new Contestants();
    for (int i = 0; i <= runs; i++) {
      progress.accept("javac-first, round " + i + " of " + runs);
      all.add(i > 0, arguments -> BuildJvm.compileOnce(FIRST_COMPILER, arguments));
    }
    return all.rows("javac-first", "each in a fresh JVM with " + FIRST_COMPILER.get(0));
  }

  /** One JVM for all compilations of a side, like a daemon. */
  private List<Row> warm(int warmups, int runs) throws IOException, RunnerException {
    Contestants all = new Contestants();
    Map<List<String>, BuildJvm> daemons = new HashMap<>();
    try {
      daemons.put(plain, BuildJvm.javac(plain));
      for (Side side : sides) {
        daemons.put(side.arguments, BuildJvm.javac(side.arguments));
      }
      for (int i = 1 - warmups; i <= runs; i++) {
        progress.accept("javac-warm, round " + i + " of " + runs);
        all.add(i > 0, arguments -> requireNonNull(daemons.get(arguments)).again());
      }
    } finally {
      for (BuildJvm daemon : daemons.values()) {
        daemon.close();
      }
    }
    return all.rows("javac-warm", "in a JVM that has compiled them before");
  }

  /** Compiles with these arguments. */
  private interface Compilation {
    Took run(List<String> arguments) throws IOException, RunnerException;
  }

  /** The sides and their times, in turn with javac alone. */
  private final class Contestants {

    private final Samples without = new Samples();
    private final List<Samples> with = sides.stream().map(side -> new Samples()).toList();

    void add(boolean counts, Compilation compilation) throws IOException, RunnerException {
      empty();
      ProcessorSuite.add(without, counts, compilation.run(plain));
      for (int i = 0; i < sides.size(); i++) {
        empty();
        ProcessorSuite.add(with.get(i), counts, compilation.run(sides.get(i).arguments));
      }
    }

    List<Row> rows(String name, String how) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < sides.size(); i++) {
        Side side = sides.get(i);
        rows.add(row(name + side.suffix, with.get(i), without, side.what, how));
      }
      return rows;
    }
  }

  private Row row(String name, Samples ours, Samples without, String what, String how) {
    return new Row(
        name + " / -proc:none", "ms", ours.score(), without.score(), what + measured + how);
  }

  private static void add(Samples samples, boolean counts, Took took) {
    if (counts) {
      samples.add(took.nanos() / NANOS_PER_MILLI, took.cpu() / NANOS_PER_MILLI);
    }
  }

  private void empty() throws IOException {
    delete(output());
    Files.createDirectories(output());
  }

  private Path output() {
    return folder.resolve("classes");
  }

  /** Returns the jars that the build copied beside our own. */
  private static String jars(String name) throws IOException {
    Path own = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    try (Stream<Path> files = Files.list(own.resolveSibling(name))) {
      return String.join(File.pathSeparator, files.map(Path::toString).sorted().toList());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
