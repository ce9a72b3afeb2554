package io.gild.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionSplitTests {

  private static final Variant NEXT =
      Variant.named("2.0").implementation(Desk.Next.class.getName());

  private final GildRuntime runtime = GildRuntime.builder().module(new VersionsModule()).build();
  private final GovernedMethod method = Desk.method(runtime);
  private final Versions versions = Versions.of(runtime);

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void answersWithThePresentVersionAtAShareOfZero() {
    versions.split("r", "desk", NEXT);

    assertThat(answers(1_000)).containsOnly("1: q");
  }

  @Test
  void answersWithTheNewVersionAtTheWholeShare() {
    versions.split("r", "desk", NEXT).share(Buckets.COUNT);

    assertThat(answers(1_000)).containsOnly("2: q");
  }

  @Test
  void dividesCustomersByTheShare() {
    VersionSplit split = versions.split("r", "desk", NEXT).share(2_500);

    answers(4_000);

    assertThat(split.counts().canary()).isBetween(900L, 1_100L);
    assertThat(split.counts().stable() + split.counts().canary()).isEqualTo(4_000);
  }

  @Test
  void neverMovesACustomerBackWhileTheShareGrows() {
    VersionSplit split = versions.split("r", "desk", NEXT);
    Set<Integer> moved = new HashSet<>();
    for (int share : new int[] {100, 1_000, 2_500, 5_000, 10_000}) {
      split.share(share);
      List<String> answers = answers(500);
      for (int i = 0; i < 500; i++) {
        if (moved.contains(i)) {
          assertThat(answers.get(i)).as("customer %d at %d", i, share).isEqualTo("2: q");
        } else if (answers.get(i).equals("2: q")) {
          moved.add(i);
        }
      }
    }

    assertThat(moved).hasSize(500);
  }

  @Test
  void choosesAtRandomWithoutAKey() {
    VersionSplit split = versions.split("r", "desk", NEXT).share(5_000).key(VersionKey.none());
    for (int i = 0; i < 1_000; i++) {
      Desk.ask(method, "one customer", "q");
    }

    assertThat(split.counts().canary()).isBetween(400L, 600L);
  }

  @Test
  void takesTheKeyFromAParameterByName() {
    versions.split("r", "desk", NEXT).share(5_000).key(VersionKey.parameter("question"));

    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      answers.add(Desk.ask(method, "customer " + i, "q"));
    }

    assertThat(answers).as("one question, one version").hasSize(1);
  }

  @Test
  void letsACallerAskForASide() {
    VersionSplit split = versions.split("r", "desk", NEXT);

    assertThat(Versions.with(VersionSide.CANARY, () -> Desk.ask(method, "a", "q")))
        .isEqualTo("2: q");
    split.share(Buckets.COUNT);
    assertThat(Versions.with(VersionSide.STABLE, () -> Desk.ask(method, "a", "q")))
        .isEqualTo("1: q");
    assertThat(Desk.ask(method, "a", "q")).as("afterwards").isEqualTo("2: q");
  }

  @Test
  void restoresThePresentVersionWhenItIsClosed() {
    VersionSplit split = versions.split("r", "desk", NEXT).share(Buckets.COUNT);
    answers(1);

    split.close();
    split.close();

    assertThat(answers(10)).containsOnly("1: q");
    assertThat(method.detached()).as("as if there had been no rollout").isFalse();
    assertThat(versions.splits()).isEmpty();
    assertThatExceptionOfType(VersionException.class)
        .isThrownBy(() -> split.share(1))
        .withMessage(
            "Rollout \"r\" is over, because it or its runtime was closed; begin a new one.");
  }

  @Test
  void rejectsASecondRolloutOfTheSameMethods() {
    versions.split("first", "desk", NEXT);

    assertThatExceptionOfType(VersionException.class)
        .isThrownBy(() -> versions.split("second", Desk.class.getName() + "#answer", NEXT))
        .withMessage(
            "Rollout \"second\" is about io.gild.versions.Desk#answer, which rollout \"first\" is"
                + " about already; close that one first.");
    assertThatExceptionOfType(VersionException.class)
        .isThrownBy(() -> versions.split("first", "other", NEXT))
        .withMessage("Rollout \"first\" runs already; close it first, or choose another name.");
  }

  @Test
  void acceptsRolloutsOfDifferentMethods() {
    GovernedMethod other = runtime.method(Desk.spec("other", Desk.DESCRIPTOR));
    versions.split("first", Desk.class.getName() + "#answer", NEXT).share(Buckets.COUNT);

    VersionSplit second =
        versions
            .split(
                "second",
                Desk.class.getName() + "#other",
                Variant.named("3.0").prompt("3 {prompt}"))
            .share(Buckets.COUNT);

    assertThat(Desk.ask(method, "a", "q")).isEqualTo("2: q");
    assertThat(Desk.ask(other, "a", "q")).isEqualTo("1: 3 q");
    assertThat(second.methods()).containsExactly("io.gild.versions.Desk#other");
  }

  @Test
  void findsAMethodAtItsFirstCall() {
    GildRuntime fresh = GildRuntime.builder().build();
    VersionSplit split = Versions.of(fresh).split("r", "desk", NEXT).share(Buckets.COUNT);
    assertThat(split.methods()).isEmpty();

    assertThat(Desk.ask(Desk.method(fresh), "a", "q")).isEqualTo("2: q");
    assertThat(split.methods()).containsExactly("io.gild.versions.Desk#answer");
    fresh.close();
  }

  @Test
  void endsWithItsRuntime() {
    VersionSplit split = versions.split("r", "desk", NEXT).share(Buckets.COUNT);

    runtime.close();

    assertThat(split.isClosed()).isTrue();
    assertThat(answers(1)).containsOnly("1: q");
    assertThatExceptionOfType(VersionException.class)
        .isThrownBy(() -> versions.split("again", "desk", NEXT))
        .withMessageContaining("its runtime is closed");
  }

  @Test
  void rejectsImpossibleValues() {
    VersionSplit split = versions.split("r", "desk", NEXT);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> split.share(10_001))
        .withMessage("share must be from 0 to 10000, but is 10001");
    assertThatIllegalArgumentException().isThrownBy(() -> split.shadow(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> split.shadowLimits(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Variant.named(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> new MethodPattern("Desk#"));
  }

  private List<String> answers(int customers) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      answers.add(Desk.ask(method, "customer " + i, "q"));
    }
    return answers;
  }
}
