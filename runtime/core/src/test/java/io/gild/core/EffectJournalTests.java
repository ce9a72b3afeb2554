package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.core.spi.EffectJournal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EffectJournalTests {

  private final GildRuntime runtime = GildRuntime.builder().build();
  private final GovernedMethod mail =
      runtime.method(
          new MethodSpec(
              CallKind.TOOL,
              "desk",
              "",
              "com.acme.Desk",
              "mail",
              "(Ljava/lang/String;)Ljava/lang/String;",
              List.of(),
              Effect.SIDE_EFFECT,
              PolicyTree.empty()));
  private final List<String> sent = new ArrayList<>();
  private final Remembered journal = new Remembered();

  @Test
  void recordsAnEffectThatRan() throws Exception {
    assertThat(inWork(() -> mail("hello"))).isEqualTo("sent hello");
    assertThat(journal.lines)
        .containsExactly(
            "begin com.acme.Desk#mail(Ljava/lang/String;)Ljava/lang/String; [hello]",
            "finished sent hello");
  }

  @Test
  void doesNotRunAnEffectWhoseResultIsRecorded() throws Exception {
    journal.known.add("sent earlier");
    assertThat(inWork(() -> mail("hello"))).isEqualTo("sent earlier");
    assertThat(sent).isEmpty();
  }

  @Test
  void runsAnEffectOnceInTwoAttemptsOfItsWork() throws Exception {
    journal.known.add("sent earlier");
    GovernedMethod work = runtime.method(MethodSpec.of("desk", "com.acme.Desk", "work", "()V"));
    inWork(() -> {
      AgentCall call = work.begin(null);
      call.proceed();
      String first = mail("hello");
      call.returned(first + ", " + mail("hello"));
      call.proceed();
      return (String) call.result();
    });
    assertThat(sent).containsExactly("hello");
    assertThat(journal.lines).contains("finished sent hello");
  }

  @Test
  void failsACallWhoseEffectMustNotRun() {
    journal.refusal = new IllegalStateException("it may have run already");
    assertThatThrownBy(() -> inWork(() -> mail("hello"))).isSameAs(journal.refusal);
    assertThat(sent).isEmpty();
  }

  private String inWork(java.util.concurrent.Callable<String> work) throws Exception {
    CallProbe.Opened opened = new CallProbe(runtime).open("desk", false);
    opened.effects(journal);
    try {
      return work.call();
    } finally {
      opened.close();
    }
  }

  private String mail(String text) {
    return (String)
        mail.call(
            null,
            arguments -> {
              sent.add((String) arguments[0]);
              return "sent " + arguments[0];
            },
            text);
  }

  private static final class Remembered implements EffectJournal {

    final Deque<String> known = new ArrayDeque<>();
    final List<String> lines = new ArrayList<>();
    @Nullable RuntimeException refusal;

    @Override
    public Entry begin(String method, List<@Nullable Object> arguments) {
      if (refusal != null) {
        throw refusal;
      }
      String result = known.poll();
      if (result == null) {
        lines.add("begin " + method + " " + arguments);
      }
      return new Entry() {
        @Override
        public boolean isFinished() {
          return result != null;
        }

        @Override
        public @Nullable Object result() {
          return result;
        }

        @Override
        public void finished(@Nullable Object value) {
          lines.add("finished " + value);
        }

        @Override
        public void failed() {
          lines.add("failed");
        }
      };
    }
  }
}
