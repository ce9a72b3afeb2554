package io.gild.benchmarks;

import io.gild.benchmarks.Javac.Took;
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
 * What the annotation processor adds to a build: javac with it beside javac without it, in turn, on
 * the same agents.
 */
final class ProcessorSuite {

  private static final int AGENTS = 511;
  private static final int RUNS = 5;

  /** A daemon's compiler is compiled itself only after some builds. */
  private static final int WARMUPS = 4;

  private static final double NANOS_PER_MILLI = 1e6;

  private final Path folder;
  private final Consumer<String> progress;
  private final List<String> plain;
  private final List<String> processed;
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
    measured =
        "javac with the processor on " + AGENTS + " agents, " + agents.lines() + " lines in all";
  }

  static List<Row> run(Options options, Consumer<String> progress)
      throws RunnerException, IOException {
    Path folder = Files.createTempDirectory("gild-bench-processor");
    try {
      ProcessorSuite suite = new ProcessorSuite(folder, progress);
      int runs = options.effort().equals(Effort.USUAL) ? RUNS : options.effort().rounds();
      List<Row> rows = new ArrayList<>();
      if ("javac-cold".startsWith(options.only())) {
        rows.add(suite.cold(runs));
      }
      if ("javac-warm".startsWith(options.only())) {
        rows.add(suite.warm(Math.min(WARMUPS, runs), runs));
      }
      return rows;
    } finally {
      delete(folder);
    }
  }

  /** A fresh JVM for each compilation, as a build from the command line has it. */
  private Row cold(int runs) throws IOException, RunnerException {
    Samples without = new Samples();
    Samples with = new Samples();
    for (int i = 0; i <= runs; i++) {
      progress.accept("javac-cold, round " + i + " of " + runs);
      boolean counts = i > 0;
      add(without, counts, Javac.once(emptied(plain)));
      add(with, counts, Javac.once(emptied(processed)));
    }
    return row("javac-cold", with, without, "each in a fresh JVM");
  }

  /** One JVM for all compilations of a side, as daemons have it. */
  private Row warm(int warmups, int runs) throws IOException, RunnerException {
    Samples without = new Samples();
    Samples with = new Samples();
    try (Javac one = new Javac(plain);
        Javac other = new Javac(processed)) {
      for (int i = 1 - warmups; i <= runs; i++) {
        progress.accept("javac-warm, round " + i + " of " + runs);
        boolean counts = i > 0;
        emptied(plain);
        add(without, counts, one.compile());
        emptied(processed);
        add(with, counts, other.compile());
      }
    }
    return row("javac-warm", with, without, "in a JVM that has compiled them before");
  }

  private Row row(String name, Samples with, Samples without, String how) {
    return new Row(
        name + " / -proc:none", "ms", with.score(), without.score(), measured + ", " + how);
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
