package io.gild.cli;

import io.gild.operations.RolloutException;
import io.gild.operations.RolloutPage;
import io.gild.operations.RolloutPicture;
import io.gild.operations.RolloutRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "also draw it: the share over the time, with all decisions, as one HTML file")
  private @Nullable Path html;

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
      if (html != null) {
        draw(record, html);
      }
      return 0;
    });
  }

  private void draw(RolloutRecord record, Path file) throws RolloutException {
    String page =
        RolloutPage.titled("Version " + record.canary() + " after version " + record.stable())
            .with(RolloutPicture.of(record), "")
            .html();
    try {
      Files.writeString(file, page);
      options.out().println("The picture is in " + file + ".");
    } catch (IOException failure) {
      throw new RolloutException("the picture cannot be written to " + file, failure);
    }
  }
}
