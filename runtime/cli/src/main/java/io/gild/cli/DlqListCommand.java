package io.gild.cli;

import io.gild.coordination.DeadLetter;
import io.gild.coordination.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists dead letters, without their content. */
@Command(
    name = "list",
    description = "Lists dead letters, without their content.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqListCommand implements Callable<Integer> {

  @Mixin private DlqOptions dlq;

  @Override
  public Integer call() {
    return dlq.open(this::list);
  }

  private int list(DeadLetters letters) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("id", "reason", "topic", "subscription", "deliveries", "at", "characters"));
    for (DeadLetter letter : letters.list()) {
      table.add(
          List.of(
              letter.id(),
              DlqSelection.reason(letter),
              letter.topic(),
              letter.subscription().isEmpty() ? "–" : letter.subscription(),
              String.valueOf(letter.deliveries()),
              letter.at().toString(),
              String.valueOf(letter.json().length())));
    }
    if (table.size() == 1) {
      dlq.out().println("No dead letter.");
    } else {
      Columns.of(table).forEach(dlq.out()::println);
    }
    return 0;
  }
}
