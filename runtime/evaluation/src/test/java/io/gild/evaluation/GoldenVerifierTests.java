package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.AnswerVerifier;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GoldenVerifierTests {

  private static final String TEXT = "(Ljava/lang/String;)Ljava/lang/String;";

  private final GildRuntime runtime = GildRuntime.builder().settings(Settings.defaults()).build();
  private final GovernedMethod method =
      runtime.method(MethodSpec.of("checked", "com.acme.CheckedDesk", "answer", TEXT));
  private final AnswerVerifier.Check check =
      Objects.requireNonNull(new GoldenVerifier().of(method));

  @Test
  void checksAnyAnswerByWhatAllTasksHaveInCommon() {
    assertThat(reject("Do you ship abroad?", "Answer: we do.")).isNull();
    assertThat(reject("Do you ship abroad?", "we do.")).isEqualTo("golden check regex");
  }

  @Test
  void checksTheAnswerToTheQuestionOfATaskByThatTask() {
    assertThat(reject(" What is the refund policy? ", "Answer: 30 days.")).isNull();
    assertThat(reject("What is the refund policy?", "Answer: 14 days."))
        .isEqualTo("golden check contains");
    assertThat(reject("What is the refund policy, please?", "Answer: 14 days.")).isNull();
  }

  @Test
  void doesNotHelpATaskThatIsRunWithItsOwnSolution() {
    AgentCall call = method.begin(null, "question");
    call.askFresh();

    assertThat(check.reject(call, "What is the refund policy?", "Answer: 14 days.")).isNull();
    finish(call);
  }

  @Test
  void hasNoCheckForAMethodWithoutTasks() {
    assertThat(
            new GoldenVerifier()
                .of(runtime.method(MethodSpec.of("x", "com.acme.Unknown", "answer", TEXT))))
        .isNull();
    assertThat(
            new GoldenVerifier()
                .of(runtime.method(MethodSpec.of("x", "com.acme.CheckedDesk", "other", TEXT))))
        .isNull();
  }

  private String reject(String question, String answer) {
    AgentCall call = method.begin(null, question);
    String reason = check.reject(call, question, answer);
    finish(call);
    return reason;
  }

  private static void finish(AgentCall call) {
    while (call.proceed()) {
      call.returned("answer");
    }
  }
}
