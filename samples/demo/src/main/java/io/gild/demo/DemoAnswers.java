package io.gild.demo;

import io.gild.testkit.Answerer;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The answers of the demo's models. They recognize every question of the excerpt in every wording;
 * a model that does not understand a question names another intent. The intents of each question
 * are recorded, so that a wrong cached answer can be distinguished from a model's mistake.
 */
final class DemoAnswers implements Answerer {

  private final Map<String, String> intents;
  private final List<String> labels;
  private final Map<String, Set<String>> given = new ConcurrentHashMap<>();

  DemoAnswers() {
    List<Question> questions = Excerpt.questions();
    this.intents =
        questions.stream()
            .collect(Collectors.toMap(q -> Wording.question(q.text()), Question::intent));
    this.labels = List.copyOf(new TreeSet<>(intents.values()));
  }

  @Override
  public ModelAnswer answer(ModelRequest request) {
    String question = questionIn(request.lastUserText());
    String truth = intents.getOrDefault(question, "oos");
    boolean understood = DemoModel.named(request.model()).understands(question, truth);
    String intent = understood ? truth : mistake(request.model(), question, truth);
    given.computeIfAbsent(question, key -> ConcurrentHashMap.newKeySet()).add(intent);
    return ModelAnswer.text(
        "Intent: " + intent + "\nAnswer: " + sentence(intent.replace('_', ' ')));
  }

  /** Returns the intents that the models named for a question, in any wording. */
  Set<String> givenFor(String text) {
    return given.getOrDefault(Wording.question(text), Set.of());
  }

  /** Clears the recorded intents. */
  void reset() {
    given.clear();
  }

  /** An agent may wrap the question in a prompt of several lines; then one line is the question. */
  private String questionIn(String text) {
    return text.lines()
        .map(Wording::question)
        .filter(intents::containsKey)
        .findFirst()
        .orElseGet(() -> Wording.question(text));
  }

  private String mistake(String model, String question, String truth) {
    int place = (int) (Difficulty.fraction(question + "/" + model) * labels.size());
    String wrong = labels.get(place);
    return wrong.equals(truth) ? labels.get((place + 1) % labels.size()) : wrong;
  }

  private static String sentence(String topic) {
    return topic.equals("oos")
        ? "I am sorry, that is nothing our desk can help you with, but I will pass it on."
        : "Of course, I will look after your " + topic + " right away and tell you the result.";
  }
}
