package io.gild.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gild.config.PolicyTree;
import io.gild.core.AgentCall;
import io.gild.core.CallEnded;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both versions answer questions that no caller asked. */
class TrialTests {

  private final GildRuntime runtime = GildRuntime.builder().build();
  private final GovernedMethod method = Desk.method(runtime);
  private final GovernedMethod pay =
      runtime.method(
          new MethodSpec(
              CallKind.TOOL,
              "pay",
              "",
              "com.acme.Bank",
              "pay",
              "(Ljava/lang/String;)Ljava/lang/String;",
              List.of(),
              Effect.SIDE_EFFECT,
              PolicyTree.empty()));
  private final AtomicInteger payments = new AtomicInteger();
  private final List<CallEnded> ended = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    runtime.close();
  }

  /** A desk whose calls are governed, as those of a generated wrapper. */
  private class GovernedDesk extends Desk {

    @Override
    public String answer(String tenant, String question) {
      return String.valueOf(
          method.call(
              this, given -> present((String) given[0], (String) given[1]), tenant, question));
    }

    private String present(String tenant, String question) {
      return question.equals("pay") ? paid() : super.answer(tenant, question);
    }
  }

  private String paid() {
    return String.valueOf(pay.call(null, given -> "receipt " + payments.incrementAndGet(), "5"));
  }

  private VersionSplit split() {
    return Versions.of(runtime)
        .split("r", "desk", Variant.named("2.0").implementation(Desk.Next.class.getName()));
  }

  private static TrialMethod only(VersionTrials trials) {
    assertThat(trials.methods()).hasSize(1);
    return trials.methods().get(0);
  }

  private static @Nullable Object value(TrialMethod asked, VersionSide side) throws Exception {
    return asked.ask(side, "t", "q").value();
  }

  @Test
  void asksBothVersionsOnTheObjectThatACallerUsed() throws Exception {
    VersionSplit split = split();
    VersionTrials trials = split.trials();
    Desk desk = new GovernedDesk();
    assertThat(trials.methods()).isEmpty();

    desk.answer("a", "q");

    TrialMethod asked = only(trials);
    assertThat(value(asked, VersionSide.STABLE)).isEqualTo("1: q");
    assertThat(value(asked, VersionSide.CANARY)).isEqualTo("2: q");
    assertThat(split.counts()).isEqualTo(new VersionCounts(1, 0, 0, 0, 0));
    assertThat(desk.answer("a", "q")).as("the calls of callers").isEqualTo("1: q");
  }

  @Test
  void asksThePresentVersionAlsoWhenTheNewOneAnswersAllCallers() throws Exception {
    VersionSplit split = split().share(Buckets.COUNT);
    VersionTrials trials = split.trials();
    Desk desk = new GovernedDesk();

    assertThat(desk.answer("a", "q")).isEqualTo("2: q");

    assertThat(value(only(trials), VersionSide.STABLE)).isEqualTo("1: q");
  }

  @Test
  void marksTheCallsOfBothSidesAsShadows() throws Exception {
    VersionTrials trials = split().trials();
    Desk desk = new GovernedDesk();
    desk.answer("a", "q");
    TrialMethod asked = only(trials);
    runtime.events().subscribe(CallEnded.class, ended::add);

    asked.ask(VersionSide.STABLE, "t", "q");
    asked.ask(VersionSide.CANARY, "t", "q");
    desk.answer("a", "q");

    assertThat(ended).extracting(CallEnded::shadow).containsExactly(true, true, false);
    assertThat(ended)
        .extracting(each -> each.method().version())
        .containsExactly("1.0", "2.0", "1.0");
  }

  @Test
  void runsNoSideEffectOfEitherSide() throws Exception {
    Versions.of(runtime).split("r", "desk", Variant.named("2.0").prompt("{prompt}"));
    VersionTrials trials = Versions.of(runtime).splits().get(0).trials();
    Desk desk = new GovernedDesk();
    desk.answer("a", "pay");
    assertThat(payments).hasValue(1);

    for (VersionSide side : VersionSide.values()) {
      TrialAnswer answer = only(trials).ask(side, "t", "pay");

      assertThat(answer.refusedEffects()).isOne();
      assertThat(answer.failure()).isInstanceOf(ShadowEffectRefused.class);
    }
    assertThat(payments).hasValue(1);
  }

  @Test
  void doesNotKeepTheObject() throws Exception {
    VersionSplit split = split();
    WeakReference<Object> desk = called(split.trials());

    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (!desk.refersTo(null)) {
      assertThat(Instant.now()).as("still there").isBefore(deadline);
      System.gc();
      Thread.onSpinWait();
    }

    assertThat(split.trials().methods()).isEmpty();
  }

  @Test
  void asksNoVersionOfARolloutThatIsOver() throws Exception {
    VersionSplit split = split();
    VersionTrials trials = split.trials();
    Desk desk = new GovernedDesk();
    desk.answer("a", "q");
    TrialMethod asked = only(trials);
    split.close();
    runtime.events().subscribe(CallEnded.class, ended::add);

    assertThatExceptionOfType(VersionException.class)
        .isThrownBy(() -> asked.ask(VersionSide.STABLE, "t", "q"))
        .withMessageContaining("over");
    assertThat(ended).isEmpty();
    assertThat(desk.answer("a", "q")).isEqualTo("1: q");
  }

  private WeakReference<Object> called(VersionTrials trials) throws Exception {
    Desk desk = new GovernedDesk();
    desk.answer("a", "q");
    only(trials).ask(VersionSide.CANARY, "t", "q");
    return new WeakReference<>(desk);
  }

  @Test
  void asksNoObjectWhoseCallsAreGovernedElsewhere() {
    VersionTrials trials = split().trials();
    Desk desk = new Desk();
    method.call(desk, given -> "1: " + given[1], "a", "q");
    TrialMethod asked = only(trials);

    assertThatExceptionOfType(VersionException.class)
        .isThrownBy(() -> asked.ask(VersionSide.STABLE, "t", "q"))
        .withMessageContaining("governed");
    assertThat(trials.methods()).isEmpty();
    assertThat(trials.problems()).hasSize(1);
  }

  /** An agent with a static method. */
  static final class Office {

    static @Nullable GovernedMethod governed;

    private Office() {}

    static String answer(String tenant, String question) {
      return String.valueOf(
          Objects.requireNonNull(governed).call(null, given -> "1: " + given[1], tenant, question));
    }
  }

  @Test
  void asksAStaticMethodWithoutAnObject() throws Exception {
    MethodSpec desk = Desk.spec();
    Office.governed =
        runtime.method(
            new MethodSpec(
                CallKind.AGENT,
                "office",
                "1.0",
                Office.class.getName(),
                desk.methodName(),
                desk.descriptor(),
                desk.parameters(),
                Effect.NONE,
                PolicyTree.empty()));
    VersionTrials trials =
        Versions.of(runtime)
            .split("o", "office", Variant.named("2.0").implementation(Desk.Next.class.getName()))
            .trials();
    Office.answer("a", "q");

    assertThat(value(only(trials), VersionSide.STABLE)).isEqualTo("1: q");
    assertThat(value(only(trials), VersionSide.CANARY)).isEqualTo("2: q");
  }

  @Test
  void asksNoMethodThatWasCalledWithoutItsObject() {
    VersionTrials trials = split().trials();
    method.call(null, given -> "1: " + given[1], "a", "q");

    assertThat(trials.methods()).isEmpty();
    assertThat(trials.problems()).singleElement().asString().contains("without its object");
  }

  @Test
  void leavesNothingOnTheThread() throws Exception {
    VersionTrials trials = split().trials();
    Desk desk = new GovernedDesk();
    desk.answer("a", "q");
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    only(trials).ask(VersionSide.CANARY, "t", "q");

    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    assertThat(AgentCall.current()).isNull();
    assertThat(desk.answer("a", "q")).isEqualTo("1: q");
  }
}
