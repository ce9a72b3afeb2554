package io.gild.cli;

import io.gild.coordination.DeadLetters;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes dead letters. */
@Command(
    name = "drop",
    description = "Deletes dead letters permanently.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqDropCommand implements Callable<Integer> {

  @Mixin private DlqOptions dlq;
  @Mixin private DlqSelection selection;

  @Override
  public Integer call() {
    return dlq.open(this::drop);
  }

  private int drop(DeadLetters letters) {
    List<String> ids = selection.of(letters);
    int dropped = letters.drop(ids);
    dlq.out().println("Dropped " + dropped + " of " + ids.size() + " dead letters.");
    return dropped == ids.size() ? 0 : 1;
  }
}
