package io.gild.cli;

import io.gild.orchestration.RunRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists durable runs. */
@Command(
    name = "list",
    description = "Lists durable runs, the last one first.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunsListCommand implements Callable<Integer> {

  @Mixin private RunsOptions options;

  @Option(names = "--open", description = "only runs that are not over")
  private boolean open;

  @Override
  public Integer call() throws Exception {
    return options.use(runs -> {
      List<RunRecord> found =
          runs.list(problem -> options.err().println("gild: " + problem)).stream()
              .filter(run -> !open || !run.state().isFinal())
              .toList();
      if (found.isEmpty()) {
        options.out().println("No run.");
        return 0;
      }
      List<List<String>> table = new ArrayList<>();
      table.add(RunsText.RUN_HEAD);
      found.forEach(run -> table.add(RunsText.row(run, Instant.now())));
      Columns.of(table).forEach(options.out()::println);
      return 0;
    });
  }
}
