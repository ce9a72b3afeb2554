package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.BudgetExhausted;
import io.gild.core.CallKind;
import io.gild.core.Counts.Event;
import io.gild.core.Effect;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.core.RuntimeBuilder;
import io.gild.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTests {

  private static final Parameter QUESTION =
      new Parameter("question", "java.lang.String", Role.PROMPT);
  private static final Parameter TENANT = new Parameter("tenant", "java.lang.String", Role.TENANT);
  private static final Parameter TRACE = new Parameter("trace", "java.lang.String", Role.NONE);
  private static final Parameter MODEL = new Parameter("model", "java.lang.String", Role.MODEL);

  private final ManualClock clock = ManualClock.create();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void answersARepeatedQuestionFromMemory() {
    GovernedMethod method = method("cache: {ttl: 1h}", QUESTION);

    assertThat(ask(method, "refunds")).isEqualTo("answer 1");
    assertThat(ask(method, "refunds")).isEqualTo("answer 1");
    assertThat(ask(method, "returns")).isEqualTo("answer 2");
    assertThat(method.counts().get(Event.CACHE_HIT)).isEqualTo(1);
    assertThat(method.counts().get(Event.CACHE_MISS)).isEqualTo(2);
  }

  @Test
  void neitherReadsNorFillsTheCacheInsideOfACallThatExcludesCaches() throws Throwable {
    GildRuntime runtime = runtime("cache: {ttl: 1h}");
    GovernedMethod method = runtime.method(spec("support", QUESTION));
    ask(method, "refunds");
    AgentCall around = runtime.method(MethodSpec.of("around", "Around", "ask", "()V")).begin(null);
    around.askFresh();
    around.proceed();

    assertThat(ask(method, "refunds")).isEqualTo("answer 2");
    assertThat(ask(method, "refunds")).isEqualTo("answer 3");

    around.returned(null);
    assertThat(around.proceed()).isFalse();
    assertThat(ask(method, "refunds")).isEqualTo("answer 1");
  }

  @Test
  void forgetsExpiredAnswers() {
    GovernedMethod method = method("cache: {ttl: 1h}", QUESTION);

    ask(method, "refunds");
    clock.advance(Duration.ofMinutes(59));
    assertThat(ask(method, "refunds")).isEqualTo("answer 1");
    clock.advance(Duration.ofMinutes(2));
    assertThat(ask(method, "refunds")).isEqualTo("answer 2");
    assertThat(ask(method, "refunds")).isEqualTo("answer 2");
  }

  @Test
  void neverCachesAFailure() {
    GovernedMethod method = method("cache: {}", QUESTION);

    assertThatThrownBy(() ->
            method.call(
                null,
                arguments -> {
                  throw new IOException("down");
                },
                "refunds"))
        .isInstanceOf(IOException.class);
    assertThat(ask(method, "refunds")).isEqualTo("answer 1");
  }

  @Test
  void neverAnswersOneTenantWithTheAnswerOfAnother() {
    GovernedMethod method = method("cache: {key: [question]}", QUESTION, TENANT, TRACE);

    assertThat(ask(method, "balance", "anna", "t1")).isEqualTo("answer 1");
    assertThat(ask(method, "balance", "bob", "t2")).isEqualTo("answer 2");
    assertThat(ask(method, "balance", "anna", "t3")).isEqualTo("answer 1");
  }

  @Test
  void keepsAnswersOfAnApplicationsOwnTypeApartByItsLoader() throws Exception {
    GovernedMethod method =
        runtime("cache: {}")
            .method(
                MethodSpec.of(
                    "support", "com.acme.Desk", "answer", "(Ljava/lang/String;)Lcom/acme/Answer;"));
    Object here = new CostTests();
    Object there =
        java.lang.reflect.Proxy.newProxyInstance(
            new ClassLoader(null) {}, new Class<?>[] {Runnable.class}, (p, m, a) -> null);

    assertThat(method.call(here, same -> runs.incrementAndGet(), "refunds")).isEqualTo(1);
    assertThat(method.call(there, same -> runs.incrementAndGet(), "refunds")).isEqualTo(2);
    assertThat(method.call(here, same -> runs.incrementAndGet(), "refunds")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Refund policy?, refund  POLICY, true",
    "Refund policy?, refund policies, false",
    "ﬁne, fine, true",
    "5 > 3, 3 > 5, false",
    "?, !, false"
  })
  void normalizesOnlyTheFormOfAText(String one, String other, boolean same) {
    GovernedMethod method = method("cache: {normalize: true}", QUESTION);

    ask(method, one);
    ask(method, other);
    assertThat(runs).hasValue(same ? 1 : 2);
  }

  @Test
  void concurrentCallersWithOneQuestionShareOneCall() throws Exception {
    GovernedMethod method = method("cache: {}", QUESTION);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      List<Future<Object>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(
            callers.submit(() ->
                method.call(
                    null,
                    arguments -> {
                      inside.countDown();
                      leave.await();
                      return "answer " + runs.incrementAndGet();
                    },
                    "refunds")));
      }
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
      leave.countDown();
      for (Future<Object> answer : answers) {
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("answer 1");
      }
    } finally {
      callers.shutdownNow();
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void doesNotWaitForItselfInARecursiveCall() {
    GovernedMethod method = method("cache: {}", QUESTION);

    Object answer = method.call(null, arguments -> "outer of " + ask(method, "refunds"), "refunds");

    assertThat(answer).isEqualTo("outer of answer 1");
  }

  @Test
  void cachesTheValueOfAFuture() {
    GovernedMethod method =
        runtime("cache: {}")
            .method(
                MethodSpec.of(
                    "support",
                    "com.acme.Desk",
                    "answer",
                    "(Ljava/lang/String;)Ljava/util/concurrent/CompletableFuture;"));
    for (int i = 0; i < 2; i++) {
      CompletableFuture<?> answer =
          (CompletableFuture<?>)
              method.call(
                  null,
                  arguments -> CompletableFuture.completedFuture(runs.incrementAndGet()),
                  "refunds");
      assertThat(answer).isCompletedWithValueMatching(Integer.valueOf(1)::equals);
    }
  }

  @Test
  void refusesCallsBeyondTheBudgetAndAllowsThemInTheNextPeriod() {
    GovernedMethod method = method("cost: {budget: small-change, model: gpt-4o}", QUESTION);

    int paid = 0;
    while (true) {
      try {
        method.call(null, arguments -> spend(), "hello");
        paid++;
      } catch (BudgetExhausted refusal) {
        assertThat(refusal).hasMessageContaining("budget small-change of 0.10 USD is spent");
        break;
      }
    }
    assertThat(paid).as("one call costs 0.005005 USD").isEqualTo(19);
    clock.advance(Duration.ofDays(1));
    assertThat(method.call(null, arguments -> spend(), "hello")).isEqualTo("answer");
  }

  @Test
  void keepsTheSpentAmountWhenABudgetIsRaised() {
    GildRuntime runtime = runtime("cost: {budget: small-change, model: gpt-4o}");
    GovernedMethod method = runtime.method(spec("support", QUESTION));
    assertThatThrownBy(() -> spendTill(method, 1_000)).isInstanceOf(BudgetExhausted.class);

    runtime.reload(settings("cost: {budget: small-change, model: gpt-4o}", "0.20"));
    assertThatThrownBy(() -> spendTill(method, 1_000)).isInstanceOf(BudgetExhausted.class);

    long spent = method.runtime().ledger().lines().get(0).nanoUsd();
    assertThat(spent).isBetween(150_000_000L, 210_000_000L);
  }

  private void spendTill(GovernedMethod method, int most) {
    for (int i = 0; i < most; i++) {
      method.call(null, arguments -> spend(), "hello");
    }
  }

  @Test
  void concurrentCallsCannotOverspendABudgetTogether() throws Exception {
    GovernedMethod method = method("cost: {budget: small-change, model: gpt-4o}", QUESTION);
    ExecutorService callers = Executors.newFixedThreadPool(16);
    CountDownLatch go = new CountDownLatch(1);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        calls.add(
            callers.submit(() -> {
              go.await();
              try {
                method.call(null, arguments -> spend(), "hello");
              } catch (BudgetExhausted refused) {
                // expected of most
              }
              return null;
            }));
      }
      go.countDown();
      for (Future<?> call : calls) {
        call.get(10, TimeUnit.SECONDS);
      }
    } finally {
      callers.shutdownNow();
    }
    long spent = method.runtime().ledger().lines().get(0).nanoUsd();
    assertThat(spent).as("billionths of the 0.10 USD").isLessThanOrEqualTo(100_000_000L);
  }

  @Test
  void namesAModelWithoutAPriceAsUnpriced() {
    GovernedMethod method = method("cost: {}", QUESTION);

    method.call(
        null,
        arguments -> {
          AgentCall.current().recordUsage("nobody-knows-me", Usage.of(10, 10));
          return "answer";
        },
        "hello");

    assertThat(method.runtime().ledger().lines())
        .singleElement()
        .satisfies(line -> assertThat(line.unpricedRequests()).isEqualTo(1));
  }

  @Test
  void reservesThePriceOfTheCallsModel() throws Exception {
    GovernedMethod method =
        method(
            "cost: {budget: small-change}",
            QUESTION,
            new Parameter("model", "java.lang.String", Role.MODEL));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    String question = "x".repeat(20_000); // 5,000 tokens at 10 dollars a million, 500 at 30
    Thread first =
        new Thread(() ->
            method.call(
                null,
                arguments -> {
                  inside.countDown();
                  return refused.await(20, TimeUnit.SECONDS);
                },
                question,
                "gpt-4-turbo"));
    first.start();
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(() -> method.call(null, same -> "answer", question, "gpt-4-turbo"))
        .as("the first call holds the budget, although nothing was charged yet")
        .isInstanceOf(BudgetExhausted.class);

    refused.countDown();
    first.join();
  }

  @Test
  void logsOnceThatMoneyIsCountedButNoTokensAreSeen() {
    List<String> log = new CopyOnWriteArrayList<>();
    GildLog.redirect((line, cause) -> log.add(line));
    GovernedMethod method = method("blind", "cost: {budget: small-change}", QUESTION);

    ask(method, "one");
    ask(method, "two");

    assertThat(log)
        .singleElement()
        .asString()
        .contains("blind.answer counts money", "no tokens", "GildChatModelListener", "javaagent");
  }

  @Test
  void returnsAListCopyToEachCaller() {
    GovernedMethod method = method("cache: {ttl: 1h}", QUESTION);
    List<String> first = lists(method);
    first.add("changed by the first caller");
    List<String> second = lists(method);
    second.get(0);
    second.clear();

    assertThat(runs).hasValue(1);
    assertThat(lists(method)).containsExactly("answer 1").isExactlyInstanceOf(ArrayList.class);
  }

  @SuppressWarnings("unchecked")
  private List<String> lists(GovernedMethod method) {
    return (List<String>)
        method.call(
            null,
            same -> new ArrayList<>(List.of("answer " + runs.incrementAndGet())),
            "which lists are there");
  }

  @Test
  void comparesArraysInKeysByTheirContentAtTheTimeOfTheCall() {
    GovernedMethod method = method("cache: {ttl: 1h}", new Parameter("image", "byte[]", Role.NONE));
    byte[] image = {1, 2, 3};
    Object first = ask(method, image);
    assertThat(ask(method, new byte[] {1, 2, 3})).isEqualTo(first);
    image[0] = 9;
    assertThat(ask(method, new byte[] {1, 2, 3})).isEqualTo(first);
    assertThat(ask(method, image)).isNotEqualTo(first);
    assertThat(ask(method, (Object) new String[][] {{"a"}, {"b"}}))
        .isEqualTo(ask(method, (Object) new String[][] {{"a"}, {"b"}}));
  }

  @Test
  void keepsTheAnswersOfSessionsApart() {
    GovernedMethod method =
        method(
            "cache: {ttl: 1h}",
            QUESTION,
            new Parameter("session", "java.lang.String", Role.SESSION));

    Object first = ask(method, "what did I say", "one");
    assertThat(ask(method, "what did I say", "two")).isNotEqualTo(first);
    assertThat(ask(method, "what did I say", "one")).isEqualTo(first);
  }

  private static Object spend() {
    AgentCall.current().recordUsage("gpt-4o", Usage.of(2, 500));
    return "answer";
  }

  private Object ask(GovernedMethod method, Object... arguments) {
    return method.call(null, same -> "answer " + runs.incrementAndGet(), arguments);
  }

  private GovernedMethod method(String policies, Parameter... parameters) {
    return method("support", policies, parameters);
  }

  private GovernedMethod method(String agent, String policies, Parameter... parameters) {
    return runtime(policies).method(spec(agent, parameters));
  }

  private static MethodSpec spec(String agent, Parameter... parameters) {
    String arguments = "Ljava/lang/String;".repeat(parameters.length);
    return new MethodSpec(
        CallKind.AGENT,
        agent,
        "",
        "com.acme.Desk",
        "answer",
        "(" + arguments + ")Ljava/lang/String;",
        Arrays.asList(parameters),
        Effect.NONE,
        PolicyTree.empty());
  }

  private GildRuntime runtime(String policies) {
    RuntimeBuilder builder =
        GildRuntime.builder().clock(clock).settings(settings(policies, "0.10"));
    builder.module(new CostModule());
    return builder.build();
  }

  private static Settings settings(String policies, String limit) {
    String yaml =
        """
        tiers:
          local: {model: ""}
          small: {model: tiny, max-complexity: 0.2}
          medium: {model: middle, max-complexity: 0.5}
          large: {model: huge}
        budgets:
          small-change: {limit: %s, period: 1d}
        agents:
        - match: com.acme.Desk#answer
          %s
        """
            .formatted(limit, policies);
    return Settings.builder().yaml("gild.yaml", yaml).build();
  }
}
