package io.gild.benchmarks;

import io.gild.benchmarks.BuildJvm.Took;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  /** A daemon's compiler is compiled itself only after some builds. */
  private static final int WARMUPS = 4;

  private static final double NANOS_PER_MILLI = 1e6;

  private static final String WRAPPERS = "javac with the processor";
  private static final String ONLY = "javac with -Agild.weaving=only";
  private static final String PLUGIN = "javac with -Xplugin:Gild";

  private final Path folder;
  private final Consumer<String> progress;
  private final List<String> plain;
  private final List<String> processed;
  private final List<String> unwrapped;
  private final List<String> plugged;
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
    plain = Stream.concat(Stream.of("-proc:none"), usual.stream()).toList();
    processed =
        Stream.concat(Stream.of("-processorpath", jars("processor")), usual.stream()).toList();
    unwrapped = Stream.concat(Stream.of("-Agild.weaving=only"), processed.stream()).toList();
    plugged =
        Stream.concat(
                Stream.of("-proc:none", "-Xplugin:Gild classes=" + output()), processed.stream())
            .toList();
    weaver = jars("weaver");
    measured = " on " + AGENTS + " agents, " + agents.lines() + " lines in all, ";
  }

  static List<Row> run(Options options, Consumer<String> progress)
      throws RunnerException, IOException {
    Path folder = Files.createTempDirectory("gild-bench-processor");
    try {
      ProcessorSuite suite = new ProcessorSuite(folder, progress);
      int runs = options.effort().equals(Effort.USUAL) ? RUNS : options.effort().rounds();
      List<Row> rows = new ArrayList<>();
      if ("javac-cold".startsWith(options.only())) {
        rows.addAll(suite.cold(runs));
      }
      if ("javac-warm".startsWith(options.only())) {
        rows.addAll(suite.warm(Math.min(WARMUPS, runs), runs));
      }
      return rows;
    } finally {
      delete(folder);
    }
  }

  /** A fresh JVM for each compilation, as a build from the command line has it. */
  private List<Row> cold(int runs) throws IOException, RunnerException {
    Samples without = new Samples();
    Samples with = new Samples();
    Samples only = new Samples();
    Samples plugin = new Samples();
    Samples goal = new Samples();
    for (int i = 0; i <= runs; i++) {
      progress.accept("javac-cold, round " + i + " of " + runs);
      boolean counts = i > 0;
      add(without, counts, BuildJvm.compileOnce(emptied(plain)));
      add(with, counts, BuildJvm.compileOnce(emptied(processed)));
      add(only, counts, BuildJvm.compileOnce(emptied(unwrapped)));
      add(plugin, counts, BuildJvm.compileOnce(emptied(plugged)));
      add(goal, counts, BuildJvm.weaveOnce(weaver, output()));
    }
    String how = "each in a fresh JVM";
    return List.of(
        row("javac-cold", with, without, WRAPPERS, how),
        row("javac-cold-only", only, without, ONLY, how),
        row("javac-cold-plugin", plugin, without, PLUGIN, how),
        row("weave-cold", goal, without, "the goal weave after it", how));
  }

  /** One JVM for all compilations of a side, as daemons have it. */
  private List<Row> warm(int warmups, int runs) throws IOException, RunnerException {
    Samples without = new Samples();
    Samples with = new Samples();
    Samples only = new Samples();
    Samples plugin = new Samples();
    try (BuildJvm first = BuildJvm.javac(plain);
        BuildJvm second = BuildJvm.javac(processed);
        BuildJvm third = BuildJvm.javac(unwrapped);
        BuildJvm fourth = BuildJvm.javac(plugged)) {
      for (int i = 1 - warmups; i <= runs; i++) {
        progress.accept("javac-warm, round " + i + " of " + runs);
        boolean counts = i > 0;
        emptied(plain);
        add(without, counts, first.again());
        emptied(processed);
        add(with, counts, second.again());
        emptied(unwrapped);
        add(only, counts, third.again());
        emptied(plugged);
        add(plugin, counts, fourth.again());
      }
    }
    String how = "in a JVM that has compiled them before";
    return List.of(
        row("javac-warm", with, without, WRAPPERS, how),
        row("javac-warm-only", only, without, ONLY, how),
        row("javac-warm-plugin", plugin, without, PLUGIN, how));
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

  private List<String> emptied(List<String> arguments) throws IOException {
    delete(output());
    Files.createDirectories(output());
    return arguments;
  }

  private Path output() {
    return folder.resolve("classes");
  }

  /** Returns the jars that the build laid beside our own. */
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
