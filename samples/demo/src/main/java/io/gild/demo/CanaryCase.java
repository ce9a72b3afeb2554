package io.gild.demo;

import io.gild.testkit.Answerer;
import io.gild.testkit.Latency;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** New versions of the support agent, each with what is wrong with it. */
enum CanaryCase {
  SLOW("gpt-4o-mini-2024-07-18", "answers take twice as long"),
  WRONG("gpt-4.1-nano", "half of the answers are wrong"),
  EXPENSIVE("gpt-4o", "a dearer model"),
  CRASHING("gpt-4o-mini", "killed with kill -9"),
  GOOD("gpt-4o-mini", "nothing is wrong");

  /** The model of the present version. */
  static final String STABLE_MODEL = "gpt-4o-mini";

  private static final String MISTAKE = "oos";
  private static final double WRONG_PART = 0.5;
  private static final double JITTER = 0.3;
  private static final Latency USUAL = latency(30);
  private static final Latency TWICE = latency(60);

  private final String model;
  private final String fault;

  CanaryCase(String model, String fault) {
    this.model = model;
    this.fault = fault;
  }

  private static Latency latency(int millis) {
    return Latency.of(Duration.ofMillis(millis), Duration.ZERO).jittered(JITTER);
  }

  /** Starts the provider of all versions. */
  static ModelProvider provider(long seed) {
    return ModelProvider.builder()
        .seed(seed)
        .answers(answers())
        .latency(USUAL)
        .latency(SLOW.model, TWICE)
        .start();
  }

  /** The models know every intent, but for the half of them that the wrong version mistakes. */
  private static Answerer answers() {
    Map<String, String> intents =
        Excerpt.questions().stream()
            .collect(Collectors.toMap(each -> Wording.question(each.text()), Question::intent));
    return request -> {
      String question = Wording.question(request.lastUserText());
      boolean mistaken = request.model().equals(WRONG.model) && mistakes(question);
      String intent = mistaken ? MISTAKE : intents.getOrDefault(question, MISTAKE);
      return ModelAnswer.text("Intent: " + intent + "\nAnswer: I will look after it right away.");
    };
  }

  /** Returns whether the wrong version mistakes a question; always the same for the same one. */
  static boolean mistakes(String text) {
    return Difficulty.fraction(Wording.question(text)) < WRONG_PART;
  }

  /** Returns the name of the rollout. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  String model() {
    return model;
  }

  String fault() {
    return fault;
  }

  boolean isGood() {
    return this == GOOD;
  }
}
