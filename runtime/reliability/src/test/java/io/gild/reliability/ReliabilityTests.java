package io.gild.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.BreakerOpen;
import io.gild.core.BulkheadFull;
import io.gild.core.Counts.Event;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.RateLimited;
import io.gild.core.RuntimeBuilder;
import io.gild.core.TimeLimitExceeded;
import io.gild.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReliabilityTests {

  private static final String TEXT_TO_TEXT = "(Ljava/lang/String;)Ljava/lang/String;";

  private final ManualClock clock = ManualClock.create();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void retriesWithGrowingWaitsUntilAnAttemptSucceeds() throws Exception {
    GovernedMethod method =
        method(
            "retry: {max-attempts: 4, wait-duration: 100ms, multiplier: 2,"
                + " randomized-wait-factor: 0}");

    Object answer = method.call(null, arguments -> failFirst(3), "question");

    assertThat(answer).isEqualTo("answer");
    assertThat(runs).hasValue(4);
    assertThat(Duration.ofNanos(clock.nanoTime()))
        .as("100 + 200 + 400 ms")
        .isEqualTo(Duration.ofMillis(700));
  }

  @Test
  void waitsAsTheProviderRequestsUpToTheMaximum() {
    GovernedMethod method =
        method(
            "retry: {max-attempts: 3, wait-duration: 100ms, max-wait-duration: 5s,"
                + " randomized-wait-factor: 0}");
    long[] requested = {3_000, 60_000};

    method.call(
        null,
        arguments -> {
          if (runs.get() < 2) {
            AgentCall.current().httpAttempt("POST", "", -1).ended(429, requested[runs.get()]);
          }
          return failFirst(2);
        },
        "question");

    assertThat(Duration.ofNanos(clock.nanoTime()))
        .as("3 s as requested, then 5 s at most")
        .isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void randomizesWaitsWithinTheFactor() {
    GovernedMethod method =
        method("retry: {max-attempts: 2, wait-duration: 100ms, randomized-wait-factor: 0.5}");

    for (int i = 0; i < 200; i++) {
      Instant before = clock.now();
      runs.set(0);
      method.call(null, arguments -> failFirst(1), "question");
      assertThat(Duration.between(before, clock.now()).toMillis()).isBetween(50L, 150L);
    }
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    GovernedMethod method = method("retry: {max-attempts: 3, wait-duration: 1ms}");

    assertThatThrownBy(() -> method.call(null, arguments -> failFirst(99), "question"))
        .isInstanceOf(IOException.class)
        .hasMessage("run 3");
    assertThat(method.counts().get(Event.FAILED)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 422})
  void doesNotRepeatABadRequest(int status) {
    GovernedMethod method = method("retry: {max-attempts: 5}");

    assertThatThrownBy(() ->
            method.call(
                null,
                arguments -> {
                  runs.incrementAndGet();
                  throw new IllegalStateException(new HttpFailure(status));
                },
                "question"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(runs).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 429, 500, 503, 529})
  void repeatsARequestThatTheProviderFailed(int status) {
    GovernedMethod method = method("retry: {max-attempts: 2, wait-duration: 1ms}");

    assertThatThrownBy(() ->
            method.call(
                null,
                arguments -> {
                  runs.incrementAndGet();
                  throw new HttpFailure(status);
                },
                "question"))
        .isInstanceOf(HttpFailure.class);
    assertThat(runs).hasValue(2);
  }

  @Test
  void publishesEachOpeningWhenTrialCallsFailToo() {
    GovernedMethod method =
        method(
            "circuit-breaker: {failure-rate-threshold: 50, sliding-window-size: 2,"
                + " minimum-number-of-calls: 2, wait-duration-in-open-state: 10s,"
                + " permitted-number-of-calls-in-half-open-state: 1}");

    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> method.call(null, arguments -> failFirst(99), "question"))
          .isInstanceOf(IOException.class);
      if (i > 0) {
        clock.advance(Duration.ofSeconds(11));
      }
    }

    assertThat(method.counts().get(Event.BREAKER_OPENED)).isEqualTo(3);
    assertThat(method.counts().get(Event.BREAKER_CLOSED)).isZero();
  }

  @Test
  void opensAfterTooManyFailuresAndClosesAgainAfterTrialCalls() {
    GovernedMethod method =
        method(
            "circuit-breaker: {failure-rate-threshold: 50, sliding-window-size: 4,"
                + " minimum-number-of-calls: 4, wait-duration-in-open-state: 10s,"
                + " permitted-number-of-calls-in-half-open-state: 1}");
    List<BreakerChanged> received = new ArrayList<>();
    method.runtime().events().subscribe(BreakerChanged.class, received::add);

    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> method.call(null, arguments -> failFirst(99), "question"))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> method.call(null, arguments -> failFirst(99), "question"))
        .isInstanceOf(BreakerOpen.class)
        .hasMessageContaining("circuit breaker support.answer is open");
    assertThat(runs).hasValue(4);
    assertThat(method.counts().get(Event.BREAKER_OPENED)).isEqualTo(1);
    assertThat(method.counts().get(Event.BREAKER_REFUSED)).isEqualTo(1);

    clock.advance(Duration.ofSeconds(11));
    assertThat(method.call(null, arguments -> "well", "question")).isEqualTo("well");
    assertThat(method.counts().get(Event.BREAKER_CLOSED)).isEqualTo(1);
    assertThat(received)
        .containsExactly(
            new BreakerChanged(method.spec(), "support.answer", true),
            new BreakerChanged(method.spec(), "support.answer", false));
  }

  @Test
  void doesNotOpenForBadRequests() {
    GovernedMethod method =
        method("circuit-breaker: {sliding-window-size: 2, minimum-number-of-calls: 2}");

    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() ->
              method.call(
                  null,
                  arguments -> {
                    throw new HttpFailure(400);
                  },
                  "question"))
          .isInstanceOf(HttpFailure.class);
    }
    assertThat(method.counts().get(Event.BREAKER_OPENED)).isZero();
  }

  @Test
  void refusesMoreConcurrentCallsThanTheBulkheadAllows() throws Exception {
    GovernedMethod method = method("bulkhead: {max-concurrent-calls: 1}");
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    CompletableFuture<Object> first =
        CompletableFuture.supplyAsync(() ->
            method.call(
                null,
                arguments -> {
                  inside.countDown();
                  leave.await();
                  return "first";
                },
                "question"));
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(() -> method.call(null, arguments -> "second", "question"))
        .isInstanceOf(BulkheadFull.class);

    leave.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("first");
    assertThat(method.call(null, arguments -> "third", "question")).isEqualTo("third");
  }

  @Test
  void refusesMoreCallsPerPeriodThanTheLimit() {
    GovernedMethod method =
        method("rate-limit: {limit-for-period: 2, limit-refresh-period: 1h, timeout-duration: 0s}");

    method.call(null, arguments -> "first", "question");
    method.call(null, arguments -> "second", "question");
    assertThatThrownBy(() -> method.call(null, arguments -> "third", "question"))
        .isInstanceOf(RateLimited.class);
  }

  @Test
  void doesNotTreatTheMethodsOwnTimeoutAsTheLimit() {
    GovernedMethod method = method("time-limit: {timeout-duration: 1h}");

    assertThatThrownBy(() ->
            method.call(
                null,
                arguments -> {
                  throw new TimeoutException("the method's own");
                },
                "question"))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("the method's own");
  }

  @Test
  void interruptsAnAttemptThatExceedsItsLimit() throws Exception {
    GovernedMethod method = method("time-limit: {timeout-duration: 50ms}");
    CountDownLatch interrupted = new CountDownLatch(1);

    assertThatThrownBy(() ->
            method.call(
                null,
                arguments -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException expected) {
                    interrupted.countDown();
                  }
                  return "late";
                },
                "question"))
        .isInstanceOf(TimeLimitExceeded.class)
        .hasMessage("Agent support: the attempt exceeded its limit of PT0.05S");
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(method.counts().get(Event.TIMED_OUT)).isEqualTo(1);
  }

  @Test
  void retriesAnAttemptThatTimedOut() {
    GovernedMethod method =
        method("time-limit: {timeout-duration: 2s}\n  retry: {wait-duration: 1ms}");

    Object answer =
        method.call(
            null,
            arguments -> {
              if (runs.incrementAndGet() == 1) {
                new CountDownLatch(1).await();
              }
              return "answer";
            },
            "question");

    assertThat(answer).isEqualTo("answer");
    assertThat(runs).hasValue(2);
  }

  @Test
  void limitsAFutureWithoutAnotherThread() {
    GovernedMethod method =
        method(
            "(Ljava/lang/String;)Ljava/util/concurrent/CompletableFuture;",
            "time-limit: {timeout-duration: 50ms}");
    CompletableFuture<String> never = new CompletableFuture<>();

    CompletableFuture<?> result =
        (CompletableFuture<?>) method.call(null, arguments -> never, "question");

    assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeLimitExceeded.class);
    assertThat(never).as("cancelled after that").failsWithin(Duration.ofSeconds(10));
    assertThat(never).isCancelled();
  }

  @Test
  void answersByTheFallbackMethodWithTheFailure() {
    GovernedMethod method = method("fallback: {method: sorry}");

    Object answer = method.call(new Desk(), arguments -> failFirst(99), "question");

    assertThat(answer).isEqualTo("sorry about question: run 1");
    assertThat(method.counts().get(Event.FELL_BACK)).isEqualTo(1);
    assertThat(method.counts().get(Event.SUCCEEDED)).isEqualTo(1);
  }

  @Test
  void answersByAConstantText() {
    GovernedMethod method = method("fallback: {answer: A colleague will call you.}");

    assertThat(method.call(null, arguments -> failFirst(99), "question"))
        .isEqualTo("A colleague will call you.");
  }

  @Test
  void keepsTheFailureWhenTheFallbackIsMissing() {
    GovernedMethod method = method("fallback: {method: nowhere}");

    assertThatThrownBy(() -> method.call(new Desk(), arguments -> failFirst(99), "question"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void reachesThreeNinesWithAnAgentThatFailsSevenPercentOfItsCalls() {
    GovernedMethod method = method("retry: {max-attempts: 4, wait-duration: 1ms}");
    SplittableRandom luck = new SplittableRandom(7);
    int calls = 20_000;
    int failed = 0;
    for (int i = 0; i < calls; i++) {
      try {
        method.call(
            null,
            arguments -> {
              if (luck.nextDouble() < 0.07) {
                throw new HttpFailure(503);
              }
              return "answer";
            },
            "question");
      } catch (RuntimeException failure) {
        failed++;
      }
    }
    assertThat(failed).as("0.07 to the 4th of 20,000 is 0.5").isLessThan(calls / 1_000);
  }

  private Object failFirst(int failures) throws IOException {
    int run = runs.incrementAndGet();
    if (run <= failures) {
      throw new IOException("run " + run);
    }
    return "answer";
  }

  @Test
  void doesNotCountAStreamThatIsClosedEarlyAsAFailure() {
    GovernedMethod method =
        method(
            "(Ljava/lang/String;)Ljava/util/stream/Stream;",
            "circuit-breaker: {sliding-window-size: 2, minimum-number-of-calls: 2}");

    for (int i = 0; i < 5; i++) {
      try (Stream<?> stream =
          (Stream<?>) method.call(null, arguments -> Stream.of("a", "b"), "question")) {
        assertThat(stream.findFirst().orElseThrow()).isEqualTo("a");
      }
    }

    assertThat(method.counts().get(Event.CANCELLED)).isEqualTo(5);
    assertThat(method.counts().get(Event.BREAKER_OPENED)).isZero();
  }

  @Test
  void countsAStreamThatFailsLaterAsAFailure() {
    GovernedMethod method =
        method(
            "(Ljava/lang/String;)Ljava/util/stream/Stream;",
            "circuit-breaker: {sliding-window-size: 2, minimum-number-of-calls: 2}");

    for (int i = 0; i < 2; i++) {
      Stream<?> stream =
          (Stream<?>)
              method.call(
                  null,
                  arguments -> Stream.of("a", "b").peek(element -> failOn("b", element)),
                  "question");
      assertThatThrownBy(() -> stream.forEach(element -> {}))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(method.counts().get(Event.BREAKER_OPENED)).isEqualTo(1);
  }

  @Test
  void appliesTheTimeLimitUntilTheEndOfAPublisher() {
    GovernedMethod method =
        method(
            "(Ljava/lang/String;)Ljava/util/concurrent/Flow$Publisher;",
            "time-limit: {timeout-duration: 50ms}");
    CompletableFuture<Throwable> received = new CompletableFuture<>();
    AtomicInteger elements = new AtomicInteger();
    SubmissionPublisher<String> endless = new SubmissionPublisher<>(Runnable::run, 16);

    @SuppressWarnings("unchecked")
    Flow.Publisher<String> stream =
        (Flow.Publisher<String>) method.call(this, arguments -> endless, "question");
    stream.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(10);
          }

          @Override
          public void onNext(String item) {
            elements.incrementAndGet();
          }

          @Override
          public void onError(Throwable failure) {
            received.complete(failure);
          }

          @Override
          public void onComplete() {
            received.complete(new AssertionError("it has no end"));
          }
        });
    endless.submit("a");

    assertThat(received)
        .succeedsWithin(Duration.ofSeconds(10))
        .isInstanceOf(TimeLimitExceeded.class);
    assertThat(elements).hasValueLessThan(2);
  }

  @Test
  void endsAWaitingSubscriptionAtTheTimeLimit() throws Exception {
    Waiting source = new Waiting();
    Hearing subscriber = new Hearing();

    source.stream("time-limit: {timeout-duration: 50ms}").subscribe(subscriber);

    assertThat(subscriber.failure)
        .succeedsWithin(Duration.ofSeconds(10))
        .isInstanceOf(TimeLimitExceeded.class);
    assertThat(source.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void endsAWaitingSubscriptionOnCancellation() throws Exception {
    Waiting source = new Waiting();
    Hearing subscriber = new Hearing();

    source.stream("time-limit: {timeout-duration: 1h}").subscribe(subscriber);
    assertThat(source.requested.await(10, TimeUnit.SECONDS)).isTrue();
    subscriber.subscription.join().cancel();

    assertThat(source.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(subscriber.failure).isNotDone();
  }

  /** A source that keeps the thread of whoever subscribes. */
  private final class Waiting implements Flow.Publisher<String> {

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @SuppressWarnings("unchecked")
    Flow.Publisher<String> stream(String policy) {
      GovernedMethod method =
          method("(Ljava/lang/String;)Ljava/util/concurrent/Flow$Publisher;", policy);
      return (Flow.Publisher<String>) method.call(this, arguments -> this, "question");
    }

    @Override
    public void subscribe(Flow.Subscriber<? super String> subscriber) {
      requested.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException expected) {
        interrupted.countDown();
      }
    }
  }

  private static final class Hearing implements Flow.Subscriber<String> {

    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription granted) {
      granted.request(1);
      subscription.complete(granted);
    }

    @Override
    public void onNext(String item) {
      failure.complete(new AssertionError(item));
    }

    @Override
    public void onError(Throwable thrown) {
      failure.complete(thrown);
    }

    @Override
    public void onComplete() {
      failure.complete(new AssertionError("it has no end"));
    }
  }

  private static void failOn(Object wrong, Object element) {
    if (element.equals(wrong)) {
      throw new IllegalStateException("broken at " + wrong);
    }
  }

  private GovernedMethod method(String policies) {
    return method(TEXT_TO_TEXT, policies);
  }

  private GovernedMethod method(String descriptor, String policies) {
    String yaml = "agents:\n- match: com.acme.Desk#answer\n  " + policies + "\n";
    RuntimeBuilder builder =
        GildRuntime.builder()
            .clock(clock)
            .random(new SplittableRandom(42))
            .settings(Settings.builder().yaml("gild.yaml", yaml).build());
    builder.module(new ReliabilityModule());
    return builder.build().method(MethodSpec.of("support", "com.acme.Desk", "answer", descriptor));
  }

  private static final class Desk {
    @SuppressWarnings("unused") // found by its name
    String sorry(String question, Throwable failure) {
      return "sorry about " + question + ": " + failure.getMessage();
    }
  }

  /** An exception as HTTP clients throw it. */
  public static final class HttpFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    HttpFailure(int status) {
      super("HTTP " + status);
      this.status = status;
    }

    public int statusCode() {
      return status;
    }
  }
}
