package io.gild.cli;

import io.gild.config.Json;
import io.gild.coordination.DeadLetter;
import io.gild.coordination.DeadLetterJson;
import io.gild.coordination.DeadLetters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints a dead letter with its content. */
@Command(
    name = "show",
    description = "Prints a dead letter as JSON, with its content, which may be private.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqShowCommand implements Callable<Integer> {

  @Mixin private DlqOptions dlq;

  @Parameters(paramLabel = "ID", description = "the dead letter")
  private String id;

  @Override
  public Integer call() {
    return dlq.open(this::show);
  }

  private int show(DeadLetters letters) {
    Optional<DeadLetter> letter = letters.find(id);
    if (letter.isEmpty()) {
      dlq.out().println("There is no dead letter " + id + ".");
      return 1;
    }
    dlq.out().println(Json.pretty(readable(letter.get())).stripTrailing());
    return 0;
  }

  /** Shows the message as JSON, or as the text that it is. */
  private static Map<String, Object> readable(DeadLetter letter) {
    Map<String, Object> json = new LinkedHashMap<>(DeadLetterJson.of(letter));
    try {
      Object message = Json.read(letter.json());
      if (message != null) {
        json.put("message", message);
      }
    } catch (IllegalArgumentException noJson) {
      json.put("message", letter.json());
    }
    return json;
  }
}
