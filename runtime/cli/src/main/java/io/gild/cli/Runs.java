package io.gild.cli;

import io.gild.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The folder of all runs of golden tasks: one folder per run, ordered by name. */
final class Runs {

  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path folder;

  Runs(Path data) {
    this.folder = data.resolve("evaluations");
  }

  /** Makes the folder of a new run. */
  Path create() throws IOException {
    String name = NAME.format(LocalDateTime.now(ZoneId.systemDefault()));
    Path run = folder.resolve(name);
    for (int i = 2; Files.exists(run); i++) {
      run = folder.resolve(name + "-" + i);
    }
    return PrivateFiles.createDirectories(run);
  }

  Path latest(CommandSpec spec) throws IOException {
    List<Path> all = all();
    if (all.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "there is no run in " + folder + " to continue");
    }
    return all.get(0);
  }

  /** Returns the latest run that has results: a run in progress has none. */
  Path latestFinished(CommandSpec spec) throws IOException {
    for (Path run : all()) {
      if (Files.exists(run.resolve("results.jsonl"))) {
        return run;
      }
    }
    throw new ParameterException(spec.commandLine(), "there is no run with results in " + folder);
  }

  private List<Path> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> runs = Files.list(folder)) {
      return runs.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
  }
}
