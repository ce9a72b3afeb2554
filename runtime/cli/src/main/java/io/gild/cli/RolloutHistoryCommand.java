package io.gild.cli;

import io.gild.operations.RolloutException;
import io.gild.operations.RolloutRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the decisions of a rollout. */
@Command(
    name = "history",
    description = "Lists the decisions of a rollout's last run, the first one first.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RolloutHistoryCommand implements Callable<Integer> {

  @Mixin private RolloutOptions options;

  @Parameters(paramLabel = "NAME", description = "the rollout")
  private String name;

  @Override
  public Integer call() throws Exception {
    return options.use((settings, rollouts) -> {
      RolloutRecord record = rollouts.find(name);
      if (record == null) {
        throw new RolloutException("the rollout " + name + " has not started");
      }
      List<List<String>> table = new ArrayList<>();
      table.add(RolloutText.EVENT_HEAD);
      record.events().forEach(event -> table.add(RolloutText.row(event)));
      Columns.of(table).forEach(options.out()::println);
      return 0;
    });
  }
}
