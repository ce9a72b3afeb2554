package io.gild.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The agent's reply to a question: an answer or an error.
 *
 * @param millis how long the customer waited for either
 */
record Reply(String id, @Nullable String answer, @Nullable String error, double millis) {

  private static final Pattern INTENT = Pattern.compile("(?im)^\\W*intent\\W+([\\w]+)");

  /** Reads the file of answers an agent wrote. */
  static List<Reply> read(Path file) throws IOException {
    List<Reply> replies = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode json = JsonMappers.MAPPER.readTree(line);
      replies.add(
          new Reply(
              json.path("id").asText(),
              text(json.path("answer")),
              text(json.path("error")),
              json.path("millis").asDouble()));
    }
    return replies;
  }

  /** Returns the intent the answer names, or null if it names none. */
  @Nullable String intent() {
    Matcher matcher = INTENT.matcher(answer == null ? "" : answer);
    return matcher.find() ? matcher.group(1) : null;
  }

  /** Returns the simple name of the exception the agent threw, or an empty string. */
  String errorName() {
    if (error == null) {
      return "";
    }
    String type = error.split(":", 2)[0].strip();
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }
}
