package io.gild.cli;

import io.gild.coordination.DeadLetter;
import io.gild.coordination.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which dead letters a command changes. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqSelection {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "the dead letters")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--all", description = "all dead letters, or those of --reason")
  private boolean all;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "with --all: only those with this reason, such as max-deliveries")
  private @Nullable String reason;

  /** Returns the ids; never all of them unless that was asked for. */
  List<String> of(DeadLetters letters) {
    if (all == !ids.isEmpty() || reason != null && !all) {
      throw new ParameterException(
          spec.commandLine(), "name dead letters, or --all with or without --reason");
    }
    return all
        ? letters.list().stream()
            .filter(letter -> reason == null || reason.equals(reason(letter)))
            .map(DeadLetter::id)
            .toList()
        : List.copyOf(ids);
  }

  static String reason(DeadLetter letter) {
    return letter.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
