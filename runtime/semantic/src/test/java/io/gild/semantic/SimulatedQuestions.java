package io.gild.semantic;

import java.util.Random;

/** Questions about forty subjects in several phrasings, some about subjects of their own. */
final class SimulatedQuestions {

  private static final String[] PHRASINGS = {
    "how do i %s my %s",
    "how can i %s my %s please",
    "i would like to %s my %s",
    "help me %s the %s",
    "what must i do to %s a %s",
  };
  private static final String[] VERBS = {"return", "repair", "sell", "insure", "order"};
  private static final String[] THINGS = {
    "lamp", "table", "bicycle", "camera", "printer", "umbrella", "laptop", "kettle"
  };

  private final Random random;
  private String text = "";
  private String answer = "";
  private int generation;

  SimulatedQuestions(long seed) {
    this.random = new Random(seed);
  }

  void next() {
    if (random.nextInt(10) == 0) { // out of scope: a subject of its own
      String word = Integer.toString(random.nextInt(1 << 30), 36).replaceAll("[0-9]", "q");
      text = "what do you think of " + word;
      answer = "about " + word;
      return;
    }
    String verb = VERBS[random.nextInt(VERBS.length)];
    String thing = THINGS[random.nextInt(THINGS.length)];
    text = PHRASINGS[random.nextInt(PHRASINGS.length)].formatted(verb, thing);
    answer = verb + " " + thing + " version " + generation;
  }

  /** From now on, every answer is another one. */
  void changeAnswers() {
    generation++;
  }

  String text() {
    return text;
  }

  String answer() {
    return answer;
  }
}
