package io.gild.cli;

import io.gild.memory.AgentMemory;
import io.gild.memory.ConsolidationReport;
import io.gild.memory.ConsolidationStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Merges, supersedes and prunes memories. */
@Command(
    name = "consolidate",
    description =
        "Merges, supersedes and prunes the memories of a tenant by memory.consolidation in the settings.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MemoryConsolidateCommand implements Callable<Integer> {

  @Mixin private MemoryOptions memory;

  @Option(names = "--dry-run", description = "print what would be done and why, and do nothing")
  private boolean dry;

  @Override
  public Integer call() throws IOException {
    return dry
        ? memory.reading(found -> print(found.consolidation().plan(memory.tenant())))
        : memory.writing(this::run);
  }

  private int run(AgentMemory found) {
    ConsolidationReport report = found.consolidation().run(memory.tenant());
    print(report);
    if (!report.steps().isEmpty()) {
      memory.out().println("gild memory undo " + report.run() + " undoes it.");
    }
    return 0;
  }

  private int print(ConsolidationReport report) {
    if (report.steps().isEmpty()) {
      memory.out().println("Nothing to do for " + report.memories() + " memories.");
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    for (ConsolidationStep step : report.steps()) {
      rows.add(
          List.of(
              step.action().name().toLowerCase(Locale.ROOT),
              step.memory().id(),
              MemoryText.oneLine(step.memory().text()),
              step.other().isEmpty() ? step.why() : step.why() + ": " + step.other()));
    }
    Columns.of(rows).forEach(memory.out()::println);
    memory
        .out()
        .println(
            "%s%d of %d memories."
                .formatted(dry ? "Would change " : "Changed ", rows.size(), report.memories()));
    return 0;
  }
}
