package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.BudgetExhausted;
import io.gild.core.CallKind;
import io.gild.core.CallLabels;
import io.gild.core.CostDimension;
import io.gild.core.Effect;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTests {

  /** With the price of the test's model, one token of output costs a cent. */
  private static final String PRICES =
      "prices: {cent: {input: 0, output: 10000}, dear: {input: 0, output: 100000}}\n";

  private static final Parameter QUESTION =
      new Parameter("question", "java.lang.String", Role.PROMPT);
  private static final Parameter TENANT = new Parameter("tenant", "java.lang.String", Role.TENANT);
  private static final Parameter MODEL = new Parameter("model", "java.lang.String", Role.MODEL);

  private final ManualClock clock = ManualClock.create();
  private final List<String> log = new CopyOnWriteArrayList<>();

  @AfterEach
  void resetLog() {
    GildLog.redirect((line, cause) -> {});
  }

  private GildRuntime runtime(String yaml) {
    GildLog.redirect((line, cause) -> log.add(line));
    return GildRuntime.builder()
        .clock(clock)
        .settings(Settings.builder().yaml("gild.yaml", PRICES + yaml).build())
        .module(new CostModule())
        .build();
  }

  private static MethodSpec spec(
      CallKind kind, String agent, String result, Parameter... parameters) {
    return new MethodSpec(
        kind,
        agent,
        "",
        "com.acme." + agent,
        "answer",
        "(" + "Ljava/lang/String;".repeat(parameters.length) + ")" + result,
        List.of(parameters),
        Effect.NONE,
        PolicyTree.empty());
  }

  private static GovernedMethod agent(GildRuntime runtime, String agent, Parameter... parameters) {
    return runtime.method(spec(CallKind.AGENT, agent, "Ljava/lang/String;", parameters));
  }

  private static GovernedMethod model(GildRuntime runtime) {
    return runtime.method(spec(CallKind.CHAT, "model", "Ljava/lang/String;", MODEL));
  }

  private static Object spend(int cents) {
    AgentCall.current().recordUsage("cent", Usage.of(0, cents));
    return "answer";
  }

  private static long spent(GildRuntime runtime, String budget) {
    return Budgets.of(runtime).store().balances(budget, 100).stream()
            .mapToLong(each -> each.spentNanoUsd())
            .sum()
        / 10_000_000;
  }

  private static long reserved(GildRuntime runtime, String budget) {
    return Budgets.of(runtime).store().balances(budget, 100).stream()
        .mapToLong(each -> each.reservedNanoUsd())
        .sum();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void admitsExactlyFiftyOfAThousandConcurrentCallsOfTenCents(boolean known) throws Exception {
    GildRuntime runtime = runtime("budgets: {team: {limit: 5, period: day, where: {agent: desk}}}");
    GovernedMethod desk =
        known ? agent(runtime, "desk", QUESTION, MODEL) : agent(runtime, "desk", QUESTION, TENANT);
    AtomicInteger admitted = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        calls.add(
            threads.submit(() -> {
              try {
                desk.call(
                    null,
                    same -> {
                      Thread.sleep(1);
                      return spend(10);
                    },
                    "hi",
                    "cent");
                admitted.incrementAndGet();
              } catch (BudgetExhausted spent) {
                refused.incrementAndGet();
              }
            }));
      }
      for (Future<?> call : calls) {
        call.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(admitted).hasValue(50);
    assertThat(refused).hasValue(950);
    assertThat(spent(runtime, "team")).isEqualTo(500);
    assertThat(reserved(runtime, "team")).isZero();
  }

  @Test
  void letsCallsGoOnWhenTheFirstOnesSpendNothing() throws Exception {
    GildRuntime runtime = runtime("budgets: {team: {limit: 5, period: day, where: {agent: desk}}}");
    GovernedMethod desk = agent(runtime, "desk", QUESTION);
    CountDownLatch together = new CountDownLatch(8);
    AtomicInteger calls = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        all.add(
            threads.submit(() ->
                desk.call(
                    null,
                    same -> {
                      if (calls.incrementAndGet() <= 3) {
                        throw new IllegalStateException("no answer");
                      }
                      together.countDown();
                      return together.await(30, TimeUnit.SECONDS);
                    },
                    "hi")));
      }
      int failed = 0;
      for (Future<?> each : all) {
        try {
          assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(true);
        } catch (ExecutionException expected) {
          failed++;
        }
      }
      assertThat(failed).isEqualTo(3);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void letsACallMakeItsFirstCallsInside() {
    GildRuntime runtime =
        runtime("budgets: {team: {limit: 5, period: day, per: tenant, where: {agent: desk}}}");
    GovernedMethod desk = agent(runtime, "desk", QUESTION, TENANT);
    FirstCalls firstCalls = new FirstCalls();
    desk.call(
        null,
        outer -> {
          assertThat(firstCalls.enter(AgentCall.current())).isTrue();
          return desk.call(
              null,
              inner -> {
                assertThat(firstCalls.enter(AgentCall.current())).isTrue();
                return spend(10);
              },
              "hi",
              "bob");
        },
        "hi",
        "ann");
    assertThat(firstCalls.areOver()).as("given up after a wait").isFalse();
  }

  @Test
  void chargesAllAgentsThatMatchWithoutTouchingThem() {
    GildRuntime runtime =
        runtime("budgets: {all: {limit: 0.10, period: month, where: {agent: \"*\"}}}");

    agent(runtime, "one", QUESTION).call(null, same -> spend(6), "hi");
    agent(runtime, "two", QUESTION).call(null, same -> spend(6), "hi");

    assertThatThrownBy(() -> agent(runtime, "three", QUESTION).call(null, same -> spend(1), "hi"))
        .isInstanceOf(BudgetExhausted.class)
        .hasMessageContaining("budget all of 0.1");
    assertThat(spent(runtime, "all")).isEqualTo(12);
  }

  @Test
  void reservesInAllBudgetsOrInNone() {
    GildRuntime runtime =
        runtime(
            """
            budgets:
              all: {limit: 1, period: month, where: {agent: "*"}}
              own: {limit: 0.05, period: day}
            agents: [{agent: desk, cost: {budget: own, model: cent}}]
            """);
    GovernedMethod desk = agent(runtime, "desk", QUESTION);
    desk.call(null, same -> spend(5), "hi");

    assertThatThrownBy(() -> desk.call(null, same -> spend(1), "hi"))
        .hasMessageContaining("budget own of 0.05");
    assertThat(spent(runtime, "all")).isEqualTo(5);
    assertThat(spent(runtime, "own")).isEqualTo(5);
    assertThat(reserved(runtime, "all")).isZero();
  }

  @Test
  void givesEachTenantAndUserTheFullAmount() throws Exception {
    GildRuntime runtime =
        runtime(
            "budgets: {each: {limit: 0.05, period: day, per: [tenant, user], where: {agent: desk}}}");
    GovernedMethod desk = agent(runtime, "desk", QUESTION, TENANT);
    for (String user : List.of("ann", "bob")) {
      CallLabels.of(CostDimension.USER, user)
          .run(() -> desk.call(null, same -> spend(5), "hi", "acme"));
    }
    desk.call(null, same -> spend(5), "hi", "other");

    assertThat(Budgets.of(runtime).store().balances("each", 9))
        .extracting(each -> each.account().holder())
        .containsExactlyInAnyOrder("acme/ann", "acme/bob", "other/");
    assertThatThrownBy(() ->
            CallLabels.of(CostDimension.USER, "ann")
                .run(() -> desk.call(null, same -> spend(5), "hi", "acme")))
        .isInstanceOf(BudgetExhausted.class);
  }

  @Test
  void stopsALoopInsideOfOneCallBeforeTheRequestThatHasNoMoneyLeft() {
    GildRuntime runtime =
        runtime("budgets: {run: {limit: 0.50, period: run, where: {agent: desk}}}");
    GovernedMethod desk = agent(runtime, "desk", QUESTION);
    GovernedMethod model = model(runtime);
    AtomicInteger requests = new AtomicInteger();

    for (int run = 0; run < 2; run++) {
      requests.set(0);
      assertThatThrownBy(() ->
              desk.call(
                  null,
                  same -> {
                    while (true) {
                      model.call(
                          null,
                          inner -> {
                            requests.incrementAndGet();
                            return spend(10);
                          },
                          "cent");
                    }
                  },
                  "hi"))
          .isInstanceOf(BudgetExhausted.class);
      assertThat(requests).as("each run has the amount").hasValueBetween(1, 5);
    }
    assertThat(requests).as("the size of an answer is known by now").hasValue(5);
  }

  @Test
  void chargesANestedRequestOnce() {
    GildRuntime runtime = runtime("budgets: {all: {limit: 9, period: day, where: {agent: \"*\"}}}");
    GovernedMethod desk = agent(runtime, "desk", QUESTION);
    GovernedMethod helper = agent(runtime, "helper", QUESTION);
    GovernedMethod model = model(runtime);

    desk.call(
        null, a -> helper.call(null, b -> model.call(null, c -> spend(7), "cent"), "hi"), "hi");

    assertThat(spent(runtime, "all")).isEqualTo(7);
    assertThat(reserved(runtime, "all")).isZero();
  }

  @Test
  void releasesOnceWhetherCallsFailAreCancelledOrComplete() {
    GildRuntime runtime =
        runtime("budgets: {all: {limit: 99, period: day, where: {agent: \"*\"}}}");
    GovernedMethod desk = agent(runtime, "desk", QUESTION, MODEL);
    GovernedMethod later =
        runtime.method(
            spec(
                CallKind.AGENT,
                "later",
                "Ljava/util/concurrent/CompletableFuture;",
                QUESTION,
                MODEL));
    assertThatThrownBy(() ->
            desk.call(
                null,
                same -> {
                  spend(3);
                  throw new IOException("down");
                },
                "hi",
                "cent"))
        .isInstanceOf(IOException.class);
    CompletableFuture<Object> source = new CompletableFuture<>();
    CompletableFuture<?> cancelled =
        (CompletableFuture<?>) later.call(null, same -> source, "hi", "cent");
    assertThat(reserved(runtime, "all")).isPositive();

    cancelled.cancel(true);
    CompletableFuture<?> done =
        (CompletableFuture<?>)
            later.call(null, same -> CompletableFuture.completedFuture(spend(4)), "hi", "cent");

    assertThat(done).isCompleted();
    assertThat(reserved(runtime, "all")).isZero();
    assertThat(spent(runtime, "all")).isEqualTo(7);
  }

  @Test
  void chargesTokensThatAreReportedAfterTheCallFailed() {
    GildRuntime runtime =
        runtime("budgets: {all: {limit: 99, period: day, where: {agent: \"*\"}}}");
    List<AgentCall> kept = new ArrayList<>();
    assertThatThrownBy(() ->
            agent(runtime, "desk", QUESTION)
                .call(
                    null,
                    same -> {
                      kept.add(AgentCall.current());
                      throw new IOException("gave up");
                    },
                    "hi"))
        .isInstanceOf(IOException.class);

    kept.get(0).recordUsage("cent", Usage.of(0, 8));

    assertThat(spent(runtime, "all")).isEqualTo(8);
  }

  @Test
  void reportsEachShareOnceInAWindow() {
    GildRuntime runtime = runtime("budgets: {all: {limit: 1, period: day, where: {agent: desk}}}");
    List<BudgetAlert> alerts = new ArrayList<>();
    runtime.events().subscribe(BudgetAlert.class, alerts::add);
    GovernedMethod desk = agent(runtime, "desk", QUESTION);
    for (int i = 0; i < 10; i++) {
      desk.call(null, same -> spend(10), "hi");
    }
    clock.advance(Duration.ofDays(1));
    desk.call(null, same -> spend(85), "hi");

    assertThat(alerts).extracting(BudgetAlert::percent).containsExactly(80, 90, 100, 80);
    assertThat(log)
        .anySatisfy(line ->
            assertThat(line)
                .isEqualTo(
                    "Budget all: 80 % of 1 USD is spent (0.8 USD, until 2026-01-02T00:00:00Z)."));
  }

  @Test
  void sendsCallsToACheaperTierWhenAPartIsSpent() {
    GildRuntime runtime =
        runtime(
            """
            tiers: {local: {model: ""}, small: {model: cent}, medium: {model: ""}, large: {model: dear}}
            budgets:
              all: {limit: 1, period: day, where: {agent: "*"}, on-soft: degrade, soft: [0.5]}
            """);
    GovernedMethod desk = agent(runtime, "desk", QUESTION, MODEL);
    List<Object> models = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      desk.call(
          null,
          given -> {
            models.add(given[1]);
            return spend(30);
          },
          "hi",
          "dear");
    }
    assertThat(models).containsExactly("dear", "dear", "cent");

    agent(runtime, "blind", QUESTION).call(null, same -> "answer", "hi");
    agent(runtime, "blind", QUESTION).call(null, same -> "answer", "hi");
    assertThat(log).filteredOn(line -> line.contains("should use a cheaper model")).hasSize(1);
  }

  @Test
  void onlyReportsWhereTheHardLimitObserves() {
    GildRuntime runtime =
        runtime(
            "budgets: {all: {limit: 0.1, period: day, where: {agent: desk}, on-hard: observe}}");
    GovernedMethod desk = agent(runtime, "desk", QUESTION);
    for (int i = 0; i < 5; i++) {
      desk.call(null, same -> spend(10), "hi");
    }

    assertThat(spent(runtime, "all")).isEqualTo(50);
    assertThat(log).anySatisfy(line -> assertThat(line).contains("100 % of 0.1 USD"));
  }

  @Test
  void countsInObserveModeAndRefusesNothing() {
    GildRuntime runtime =
        runtime("mode: observe\nbudgets: {all: {limit: 0.1, period: day, where: {agent: desk}}}");
    GovernedMethod desk = agent(runtime, "desk", QUESTION);
    for (int i = 0; i < 5; i++) {
      desk.call(null, same -> spend(10), "hi");
    }

    assertThat(spent(runtime, "all")).isEqualTo(50);
  }

  @Test
  void refusesModelsWithoutAPriceWhereABudgetRequiresOne() {
    GildRuntime runtime =
        runtime(
            "budgets: {all: {limit: 1, period: day, where: {agent: desk}, on-unpriced: refuse}}");
    GovernedMethod desk = agent(runtime, "desk", QUESTION, MODEL);

    assertThatThrownBy(() -> desk.call(null, same -> "answer", "hi", "nobody-knows-me"))
        .isInstanceOf(BudgetExhausted.class)
        .hasMessageContaining("refuses model nobody-knows-me, which has no known price");
    assertThat(desk.call(null, same -> "answer", "hi", "cent")).isEqualTo("answer");
  }

  @Test
  void givesEachModelItsOwnAmount() {
    GildRuntime runtime =
        runtime("budgets: {each: {limit: 0.05, period: day, per: model, where: {model: \"*\"}}}");
    GovernedMethod desk = agent(runtime, "desk", QUESTION, MODEL);
    desk.call(null, same -> spend(5), "hi", "cent");

    assertThat(desk.call(null, same -> "answer", "hi", "gpt-4o-mini")).isEqualTo("answer");
    assertThatThrownBy(() -> desk.call(null, same -> spend(5), "hi", "cent"))
        .isInstanceOf(BudgetExhausted.class);
  }

  @Test
  void endsAStreamThatOutrunsItsReservationWhenNoMoneyIsLeft() {
    GildRuntime runtime = runtime("budgets: {all: {limit: 1, period: day, where: {agent: desk}}}");
    GovernedMethod desk =
        runtime.method(spec(CallKind.AGENT, "desk", "Ljava/util/Iterator;", QUESTION, MODEL));
    Iterator<?> answer =
        (Iterator<?>)
            desk.call(
                null, same -> Stream.generate(() -> "four").limit(1_000).iterator(), "hi", "cent");
    List<Object> got = new ArrayList<>();

    assertThatThrownBy(() -> answer.forEachRemaining(got::add))
        .isInstanceOf(BudgetExhausted.class)
        .hasMessageContaining("budget all of 1 USD");

    assertThat(got).as("a cent for each token of four letters").hasSize(126);
    assertThat(spent(runtime, "all")).as("the estimate of what was streamed").isEqualTo(126);
    assertThat(reserved(runtime, "all")).isZero();
  }

  @Test
  void letsAStreamOutrunItsReservationWhileThereIsMoney() {
    GildRuntime runtime = runtime("budgets: {all: {limit: 99, period: day, where: {agent: desk}}}");
    GovernedMethod desk =
        runtime.method(
            spec(CallKind.AGENT, "desk", "Ljava/util/concurrent/Flow$Publisher;", QUESTION, MODEL));
    AtomicInteger got = new AtomicInteger();
    Flow.Publisher<?> answer =
        (Flow.Publisher<?>) desk.call(null, same -> published(2_000), "hi", "cent");

    answer.subscribe(counting(got));

    assertThat(got).hasValue(2_000);
    assertThat(reserved(runtime, "all")).isZero();
  }

  @Test
  void endsAPushedStreamAfterTheChunksDeliveredSoFar() {
    GildRuntime runtime = runtime("budgets: {all: {limit: 1, period: day, where: {agent: desk}}}");
    GovernedMethod desk =
        runtime.method(
            spec(CallKind.AGENT, "desk", "Ljava/util/concurrent/Flow$Publisher;", QUESTION, MODEL));
    AtomicInteger got = new AtomicInteger();
    List<Throwable> failures = new ArrayList<>();
    Flow.Publisher<?> answer =
        (Flow.Publisher<?>) desk.call(null, same -> published(2_000), "hi", "cent");

    answer.subscribe(
        new Flow.Subscriber<Object>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(Object element) {
            got.incrementAndGet();
          }

          @Override
          public void onError(Throwable failure) {
            failures.add(failure);
          }

          @Override
          public void onComplete() {}
        });

    assertThat(got).hasValue(126);
    assertThat(failures).singleElement().isInstanceOf(BudgetExhausted.class);
  }

  /** Publishes chunks on the thread that requests them. */
  private static Flow.Publisher<Object> published(int chunks) {
    return subscriber ->
        subscriber.onSubscribe(
            new Flow.Subscription() {
              private volatile boolean over;

              @Override
              public void request(long n) {
                for (int i = 0; i < chunks && !over; i++) {
                  subscriber.onNext(i);
                }
                if (!over) {
                  over = true;
                  subscriber.onComplete();
                }
              }

              @Override
              public void cancel() {
                over = true;
              }
            });
  }

  private static Flow.Subscriber<Object> counting(AtomicInteger got) {
    return new Flow.Subscriber<>() {
      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
      }

      @Override
      public void onNext(Object element) {
        got.incrementAndGet();
      }

      @Override
      public void onError(Throwable failure) {
        got.set(-1);
      }

      @Override
      public void onComplete() {}
    };
  }

  @Test
  void releasesWhatLostCallsHold() {
    GildRuntime runtime = runtime("budgets: {all: {limit: 6, period: day, where: {agent: desk}}}");
    GovernedMethod desk = agent(runtime, "desk", QUESTION, MODEL);
    lose(desk);
    assertThat(reserved(runtime, "all")).isEqualTo(5_000_000_000L);

    for (int i = 0; reserved(runtime, "all") > 0 && i < 100; i++) {
      System.gc();
      Budgets.of(runtime).releaseLost();
    }

    assertThat(reserved(runtime, "all")).isZero();
  }

  /** Begins a call in another thread, which never ends it. */
  private static void lose(GovernedMethod method) {
    Thread thread = new Thread(() -> method.begin(null, "hi", "cent").proceed());
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
