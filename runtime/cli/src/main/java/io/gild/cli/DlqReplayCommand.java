package io.gild.cli;

import io.gild.coordination.CoordinationException;
import io.gild.coordination.DeadLetters;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Delivers dead letters again. */
@Command(
    name = "replay",
    description =
        "Delivers dead letters again, to the subscription that did not handle them. The application that uses a folder must be stopped.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqReplayCommand implements Callable<Integer> {

  @Mixin private DlqOptions dlq;
  @Mixin private DlqSelection selection;

  @Override
  public Integer call() {
    return dlq.replaying(this::replay);
  }

  private int replay(DeadLetters letters) {
    List<String> ids = selection.of(letters);
    int replayed = 0;
    for (String id : ids) {
      try {
        letters.replay(id);
        replayed++;
      } catch (CoordinationException failure) {
        dlq.out().println(id + ": " + failure.getMessage());
      }
    }
    dlq.out().println("Replayed " + replayed + " of " + ids.size() + " dead letters.");
    return replayed == ids.size() ? 0 : 1;
  }
}
