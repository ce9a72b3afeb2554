package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.testkit.ManualClock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachesTests {

  private static final int MEGABYTE = 1 << 20;

  private final AtomicInteger runs = new AtomicInteger();

  private static GovernedMethod method(String cache) {
    return GildRuntime.builder()
        .clock(ManualClock.create())
        .settings(
            Settings.builder()
                .yaml("gild.yaml", "mode: enforce\nagents:\n- agent: support\n  cache: " + cache)
                .build())
        .module(new CostModule())
        .build()
        .method(
            new MethodSpec(
                CallKind.AGENT,
                "support",
                "",
                "com.acme.Desk",
                "answer",
                "(Ljava/lang/String;)Ljava/lang/String;",
                List.of(new Parameter("question", "java.lang.String", Role.PROMPT)),
                Effect.NONE,
                PolicyTree.empty()));
  }

  private Object ask(GovernedMethod method, String question, int length) {
    return method.call(
        null,
        same -> {
          runs.incrementAndGet();
          return question + "x".repeat(length);
        },
        question);
  }

  @Test
  void keepsNoMoreThanTheWeight() {
    GovernedMethod method = method("{maximum-weight: 1048576}");

    for (int i = 0; i < 100; i++) {
      ask(method, "question " + i, 100_000);
    }
    int[] kept = new int[1];
    Caches.of(method.runtime()).removeIf(each -> kept[0]++ < 0);

    assertThat(kept[0]).isBetween(1, MEGABYTE / 200_000);
  }

  @Test
  void keepsAsManyLightAnswersAsTheSizeAllows() {
    GovernedMethod method = method("{maximum-weight: 104857600, maximum-size: 50}");

    for (int i = 0; i < 200; i++) {
      ask(method, "question " + i, 10);
    }

    assertThat(Caches.of(method.runtime()).removeIf(each -> true)).isEqualTo(50);
  }

  @Test
  void keepsNoAnswerThatIsHeavierThanAll() {
    GovernedMethod method = method("{maximum-weight: 10000}");

    ask(method, "long", 10_000);
    ask(method, "long", 10_000);
    ask(method, "short", 10);
    ask(method, "short", 10);

    assertThat(runs).hasValue(3);
  }

  @Test
  void removesTheAnswersThatAPredicateAccepts() {
    GovernedMethod method = method("{tags: [prices]}");
    ask(method, "one", 0);
    ask(method, "two", 0);

    int removed =
        Caches.of(method.runtime())
            .removeIf(each ->
                each.value().equals("one")
                    && each.tags().contains("prices")
                    && each.method().methodName().equals("answer"));

    assertThat(removed).isEqualTo(1);
    ask(method, "one", 0);
    ask(method, "two", 0);
    assertThat(runs).hasValue(3);
  }

  @Test
  void removesTheAnswersOfTheSemanticCacheToo() {
    GovernedMethod method = method("{semantic: true}");
    ask(method, "how do i return a lamp", 0);

    assertThat(Caches.of(method.runtime()).removeIf(each -> true)).isEqualTo(2);
    assertThat(Caches.of(method.runtime()).removeIf(each -> true)).isZero();
  }

  @Test
  void estimatesTextsArraysAndCollections() {
    assertThat(AnswerWeights.bytes("x".repeat(1_000))).isBetween(2_000L, 2_100L);
    assertThat(AnswerWeights.bytes(new double[1_000])).isBetween(8_000L, 8_100L);
    assertThat(AnswerWeights.bytes(new byte[1_000])).isBetween(1_000L, 1_100L);
    assertThat(AnswerWeights.bytes(List.of("x".repeat(1_000), "y"))).isBetween(2_000L, 2_300L);
    assertThat(AnswerWeights.bytes(Map.of("a", List.of(new int[500])))).isBetween(2_000L, 2_300L);
    assertThat(AnswerWeights.bytes(CompletableFuture.completedFuture("x".repeat(1_000))))
        .isBetween(2_000L, 2_100L);
    assertThat(AnswerWeights.bytes(new CompletableFuture<>())).isEqualTo(AnswerWeights.OBJECT);
    assertThat(AnswerWeights.bytes(Thread.currentThread())).isEqualTo(AnswerWeights.OBJECT);
    Object[] itself = new Object[1];
    itself[0] = itself;
    assertThat(AnswerWeights.bytes(itself)).isLessThan(10_000);
  }

  @Test
  void rejectsAWeightOfNothing() {
    assertThatThrownBy(() -> method("{maximum-weight: 0}"))
        .hasStackTraceContaining("maximum-weight must be >= 1, but is 0");
  }
}
