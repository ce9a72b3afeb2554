package io.gild.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Questions with the intents that stand for their answers, in a random order. */
final class QuestionStream {

  private static final int MOST = 6_000;

  private final List<Asked> questions = new ArrayList<>();

  /**
   * A question.
   *
   * @param text its text
   * @param intent equal intents have equal answers, but those of {@code oos} (out of scope) none
   */
  record Asked(String text, String intent) {

    boolean isOutOfScope() {
      return intent.equals("oos");
    }

    boolean hasAnswerOf(String other) {
      return sameAnswer(intent, other);
    }
  }

  QuestionStream(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = json.readTree(line);
      if (!row.path("text").isTextual() || !row.path("intent").isTextual()) {
        throw new IllegalArgumentException(
            file + " must have lines of {\"text\": ..., \"intent\": ...}, but one is " + line);
      }
      questions.add(new Asked(row.path("text").asText(), row.path("intent").asText()));
    }
  }

  static boolean sameAnswer(String intent, String other) {
    return intent.equals(other) && !intent.equals("oos");
  }

  /** Returns the first questions in the order of a seed. */
  List<Asked> shuffled(int seed) {
    List<Asked> order = new ArrayList<>(questions);
    Collections.shuffle(order, new Random(seed));
    return order.subList(0, Math.min(MOST, order.size()));
  }
}
