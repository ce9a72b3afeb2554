package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.CallLabels;
import io.gild.core.CostDimension;
import io.gild.core.Counts.Event;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.core.ProviderLimits;
import io.gild.core.RateLimited;
import io.gild.core.spi.Clock;
import io.gild.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenLimitTests {

  private static final Parameter MODEL = new Parameter("model", "java.lang.String", Role.MODEL);

  private final ManualClock clock = ManualClock.create();

  private static GildRuntime runtime(Clock clock, String limits) {
    return GildRuntime.builder()
        .clock(clock)
        .settings(Settings.builder().yaml("gild.yaml", "token-limits:\n" + limits).build())
        .module(new CostModule())
        .build();
  }

  private static GovernedMethod method(GildRuntime runtime, CallKind kind, String result) {
    return runtime.method(
        new MethodSpec(
            kind,
            kind == CallKind.CHAT ? "model" : "desk",
            "",
            "com.acme." + kind,
            "ask",
            "(Ljava/lang/String;)" + result,
            List.of(MODEL),
            Effect.NONE,
            PolicyTree.empty()));
  }

  private static GovernedMethod model(GildRuntime runtime) {
    return method(runtime, CallKind.CHAT, "Ljava/lang/String;");
  }

  private static String spend(int tokens) {
    AgentCall.current().recordUsage("gpt-4o", Usage.of(tokens, 1));
    return "answer";
  }

  @Test
  void waitsForItsTurn() {
    GovernedMethod model = model(runtime(clock, "  all: {requests-per-minute: 2, max-wait: 2m}"));
    for (int i = 0; i < 5; i++) {
      assertThat(model.call(null, same -> spend(1), "gpt-4o")).isEqualTo("answer");
    }

    assertThat(Duration.ofNanos(clock.nanoTime()))
        .isBetween(Duration.ofSeconds(120), Duration.ofSeconds(121));
    assertThat(model.counts().get(Event.RETRY)).as("waiting is no attempt").isZero();
  }

  @Test
  void refusesWhatWouldWaitTooLongAndSaysHowLong() {
    GovernedMethod model = model(runtime(clock, "  all: {requests-per-minute: 1, max-wait: 10s}"));
    model.call(null, same -> spend(1), "gpt-4o");
    clock.advance(Duration.ofSeconds(20));

    assertThatThrownBy(() -> model.call(null, same -> spend(1), "gpt-4o"))
        .isInstanceOfSatisfying(
            RateLimited.class,
            refusal -> {
              assertThat(refusal.limit()).isEqualTo("all");
              assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(40));
            });
    assertThat(model.counts().get(Event.RATE_REFUSED)).isEqualTo(1);
    assertThat(clock.nanoTime()).as("it did not wait").isEqualTo(20_000_000_000L);
  }

  @Test
  void correctsWhatARequestTookWhenItsTokensAreKnown() {
    GovernedMethod model = model(runtime(clock, "  all: {tokens-per-minute: 1000, max-wait: 0s}"));

    for (int i = 0; i < 5; i++) { // each is thought to have 501 tokens at first, and has 100
      model.call(null, same -> spend(99), "gpt-4o");
    }

    assertThat(model.counts().get(Event.RATE_REFUSED)).isZero();
  }

  @Test
  void limitsOnlyTheRequestsThatMatchAndEachTenantByItself() {
    GildRuntime runtime =
        runtime(
            clock,
            "  one: {where: {model: \"gpt-*\"}, per: [tenant], requests-per-minute: 1, max-wait: 0s}");
    GovernedMethod model = model(runtime);
    for (String tenant : List.of("a", "b")) {
      CallLabels.of(CostDimension.TENANT, tenant)
          .run(() -> model.call(null, same -> spend(1), "gpt-4o"));
    }
    model.call(null, same -> spend(1), "claude");
    model.call(null, same -> spend(1), "claude");

    assertThatThrownBy(() ->
            CallLabels.of(CostDimension.TENANT, "a")
                .run(() -> model.call(null, same -> spend(1), "gpt-4o")))
        .isInstanceOf(RateLimited.class);
  }

  @Test
  void limitsARequestOnceHoweverManyCallsAreAroundIt() {
    GildRuntime runtime = runtime(clock, "  all: {requests-per-minute: 10, max-wait: 0s}");
    GovernedMethod desk = method(runtime, CallKind.AGENT, "Ljava/lang/String;");
    GovernedMethod model = model(runtime);
    AtomicInteger requests = new AtomicInteger();

    for (int i = 0; i < 10; i++) {
      desk.call(
          null,
          a ->
              model.call(
                  null,
                  b -> model.call(null, c -> spend(requests.incrementAndGet()), "gpt-4o"),
                  "gpt-4o"),
          "gpt-4o");
    }

    assertThat(requests).hasValue(10);
    assertThatThrownBy(() -> model.call(null, same -> spend(1), "gpt-4o"))
        .isInstanceOf(RateLimited.class);
  }

  @Test
  void learnsFromTheAnswerOfTheProvider() {
    GovernedMethod model = model(runtime(clock, "  all: {max-wait: 5s}"));
    model.call(
        null,
        same -> {
          AgentCall.current()
              .httpAttempt("POST", "api.example", 443)
              .ended(200, 0, new ProviderLimits(2, 1, 60_000, -1, -1, -1));
          return spend(1);
        },
        "gpt-4o");
    model.call(null, same -> spend(1), "gpt-4o");

    assertThatThrownBy(() -> model.call(null, same -> spend(1), "gpt-4o"))
        .as("the provider allows two requests a minute")
        .isInstanceOf(RateLimited.class);
  }

  @Test
  void appliesALimitThatIsAddedWhileItRuns() {
    GildRuntime runtime = runtime(clock, "  other: {where: {model: none}}");
    GovernedMethod model = model(runtime);
    model.call(null, same -> spend(1), "gpt-4o");

    runtime.reload(
        Settings.builder()
            .yaml("gild.yaml", "token-limits: {all: {requests-per-minute: 1, max-wait: 0s}}")
            .build());
    model.call(null, same -> spend(1), "gpt-4o");

    assertThatThrownBy(() -> model.call(null, same -> spend(1), "gpt-4o"))
        .isInstanceOf(RateLimited.class);
  }

  @Test
  void startsNothingUntilTheProviderAllowsIt() {
    GovernedMethod model = model(runtime(clock, "  all: {max-wait: 5s}"));
    model.call(
        null,
        same -> {
          AgentCall.current()
              .httpAttempt("POST", "api.example", 443)
              .ended(429, 4_000, ProviderLimits.UNKNOWN);
          return "none";
        },
        "gpt-4o");

    model.call(null, same -> spend(1), "gpt-4o");

    assertThat(Duration.ofNanos(clock.nanoTime())).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void holdsNoThreadWhileAnAsynchronousRequestWaits() {
    GildRuntime runtime = runtime(Clock.SYSTEM, "  all: {requests-per-minute: 1, max-wait: 2m}");
    GovernedMethod model =
        method(runtime, CallKind.CHAT, "Ljava/util/concurrent/CompletableFuture;");
    CompletableFuture<?> first =
        (CompletableFuture<?>)
            model.call(null, same -> CompletableFuture.completedFuture(spend(1)), "gpt-4o");
    CompletableFuture<?> second =
        (CompletableFuture<?>)
            model.call(null, same -> CompletableFuture.completedFuture(spend(1)), "gpt-4o");

    assertThat(first).isCompleted();
    assertThat(second).as("the caller has its thread back").isNotDone();
    assertThat(second.cancel(true)).isTrue();
    assertThat(model.counts().get(Event.ATTEMPT)).isEqualTo(1);
  }

  @Test
  void anInterruptedRequestLeavesItsPlace() throws Exception {
    GildRuntime runtime = runtime(Clock.SYSTEM, "  all: {requests-per-minute: 1, max-wait: 2m}");
    GovernedMethod model = model(runtime);
    model.call(null, same -> spend(1), "gpt-4o");
    CountDownLatch over = new CountDownLatch(1);
    Thread waiting =
        new Thread(() -> {
          try {
            model.call(null, same -> spend(1), "gpt-4o");
          } catch (RateLimited refused) {
            if (Thread.currentThread().isInterrupted()) {
              over.countDown();
            }
          }
        });
    waiting.start();
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    waiting.interrupt();

    assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
