package io.gild.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.testkit.ModelRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoAnswersTests {

  private final DemoAnswers answers = new DemoAnswers();

  @Test
  void strongModelIsAlwaysRight() {
    assertThat(wrong("gpt-4o")).isZero();
  }

  @Test
  void cheaperModelsErrMore() {
    assertThat(wrong("gpt-4o-mini")).isBetween(5L, 60L);
    assertThat(wrong("gpt-4.1-nano")).isGreaterThan(wrong("gpt-4o-mini"));
    assertThat(wrong("llama3.2")).isGreaterThan(wrong("gpt-4.1-nano"));
  }

  @Test
  void cheapModelsAreRightOnEasyQuestions() {
    for (Question question : Workload.create(1500, 7).questions()) {
      String bare = Wording.question(question.text());
      if (Difficulty.of(bare, question.intent()) <= DemoModel.LOCAL.easyUpTo()) {
        for (DemoModel model : DemoModel.ALL) {
          assertThat(isRight(model.name(), question)).isTrue();
        }
      }
    }
  }

  @Test
  void unknownModelErrsLikeTheWeakestAndCostsLikeTheStrongest() {
    assertThat(wrong("nobody-knows")).isGreaterThan(wrong("gpt-4.1-nano"));
    assertThat(DemoModel.named("nobody-knows").cost(1000, 1000))
        .isEqualByComparingTo(DemoModel.LARGE.cost(1000, 1000));
  }

  @Test
  void findsTheQuestionInALongerPrompt() {
    Question question = Excerpt.questions().get(0);

    String answer = answer("gpt-4o", "A customer asks:\n" + question.text() + "\nAnswer shortly.");

    assertThat(answer).startsWith("Intent: " + question.intent() + "\n");
  }

  @Test
  void remembersWhichIntentsItGave() {
    Question question = Excerpt.questions().get(0);
    assertThat(answers.givenFor(question.text())).isEmpty();

    answer("gpt-4o", Wording.GREETING.of(question.text()));

    assertThat(answers.givenFor(question.text())).containsExactly(question.intent());
  }

  private long wrong(String model) {
    return Excerpt.questions().stream().filter(question -> !isRight(model, question)).count();
  }

  private boolean isRight(String model, Question question) {
    String answer = answer(model, question.text());
    return question.intent().equals(new Reply("", answer, null, 0).intent());
  }

  private String answer(String model, String text) {
    ModelRequest.Message message = new ModelRequest.Message("user", text, List.of(), null);
    return answers
        .answer(new ModelRequest(model, List.of(message), List.of(), false, null, null))
        .text();
  }
}
