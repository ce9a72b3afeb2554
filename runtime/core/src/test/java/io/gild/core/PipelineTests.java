package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Policies;
import io.gild.config.Usage;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PipelineTests {

  private static final String TEXT_TO_TEXT = "(Ljava/lang/String;)Ljava/lang/String;";
  private static final String TEXT_TO_FUTURE =
      "(Ljava/lang/String;)Ljava/util/concurrent/CompletableFuture;";

  private final List<String> trace = new ArrayList<>();

  @Test
  void passesStagesInTheOrderOfTheirPhases() {
    GovernedMethod method =
        method(tracing(Phase.RETRY), tracing(Phase.OBSERVE), tracing(Phase.CACHE));

    assertThat(method.call(null, arguments -> "answer", "question")).isEqualTo("answer");
    assertThat(trace)
        .containsExactly(
            "enter observe",
            "enter cache",
            "enter retry",
            "exit retry",
            "exit cache",
            "exit observe");
  }

  @Test
  void repeatsOnlyTheStagesInsideTheOneThatRetries() {
    GovernedMethod method =
        method(tracing(Phase.OBSERVE), repeating(Phase.RETRY, 2), tracing(Phase.CIRCUIT_BREAKER));
    AtomicInteger runs = new AtomicInteger();

    method.call(null, arguments -> runs.incrementAndGet(), "question");

    assertThat(runs).hasValue(3);
    assertThat(trace)
        .containsExactly(
            "enter observe",
            "enter circuit breaker",
            "exit circuit breaker",
            "enter circuit breaker",
            "exit circuit breaker",
            "enter circuit breaker",
            "exit circuit breaker",
            "exit observe");
    assertThat(method.counts().get(Counts.Event.ATTEMPT)).isEqualTo(3);
    assertThat(method.counts().get(Counts.Event.RETRY)).isEqualTo(2);
  }

  @Test
  void skipsTheMethodWhenAStageSettlesTheCall() {
    GovernedMethod method =
        method(
            tracing(Phase.OBSERVE),
            stage(
                Phase.CACHE,
                call -> {
                  call.settle("known");
                  return false;
                }));

    assertThat(method.call(null, arguments -> fail(), "question")).isEqualTo("known");
    assertThat(trace).containsExactly("enter observe", "exit observe");
    assertThat(method.counts().get(Counts.Event.ATTEMPT)).isZero();
    assertThat(method.counts().get(Counts.Event.SUCCEEDED)).isEqualTo(1);
  }

  @Test
  void throwsARefusalToTheCallerThroughTheOuterStages() {
    GovernedMethod method =
        method(
            tracing(Phase.OBSERVE),
            stage(
                Phase.BULKHEAD,
                call -> {
                  throw new BulkheadFull("support", 4);
                }));

    assertThatThrownBy(() -> method.call(null, arguments -> fail(), "question"))
        .isInstanceOf(BulkheadFull.class)
        .hasMessage("Agent support: bulkhead is full, 4 calls are running");
    assertThat(trace).containsExactly("enter observe", "exit observe");
    assertThat(method.counts().get(Counts.Event.REFUSED)).isEqualTo(1);
    assertThat(AgentCall.current()).isNull();
  }

  @Test
  void throwsTheMethodsExceptionWithAllAttemptsSuppressed() {
    GovernedMethod method = method(repeating(Phase.RETRY, 1));
    AtomicInteger runs = new AtomicInteger();

    assertThatThrownBy(() ->
            method.call(
                null,
                arguments -> {
                  throw new IOException("attempt " + runs.incrementAndGet());
                },
                "question"))
        .isInstanceOf(IOException.class)
        .hasMessage("attempt 2")
        .satisfies(failure ->
            assertThat(CallFailed.of(failure))
                .hasValueSatisfying(details ->
                    assertThat(details.attempts())
                        .extracting(Throwable::getMessage)
                        .containsExactly("attempt 1", "attempt 2")));
  }

  @Test
  void continuesWithoutAStageThatThrows() {
    GovernedMethod method =
        method(
            stage(
                Phase.CACHE,
                call -> {
                  throw new IllegalStateException("broken stage");
                }),
            stage(
                Phase.ROUTE,
                call -> {
                  throw new NoSuchMethodError("old library");
                }),
            tracing(Phase.RETRY));

    assertThat(method.call(null, arguments -> "answer", "question")).isEqualTo("answer");
    assertThat(trace).containsExactly("enter retry", "exit retry");
  }

  @Test
  void continuesWhenAListenerFails() {
    GildRuntime runtime =
        GildRuntime.builder()
            .policies(spec -> Policies.none())
            .listener(
                new CallListener() {
                  @Override
                  public void onCallCompleted(AgentCall call) {
                    throw new IllegalStateException("broken listener");
                  }
                })
            .build();

    GovernedMethod method = runtime.method(spec(TEXT_TO_TEXT));
    assertThat(method.call(null, arguments -> "answer", "question")).isEqualTo("answer");
  }

  @Test
  void returnsTheSameByStepsAsByAWholeCall() {
    GovernedMethod method = method(repeating(Phase.RETRY, 1));
    AgentCall call = method.begin(this, "question");
    int runs = 0;
    while (call.proceed()) {
      runs++;
      call.returned(call.argument(0) + " " + runs);
    }

    assertThat(call.result()).isEqualTo("question 2");
    assertThat(call.attempts()).isEqualTo(2);
    assertThat(AgentCall.current()).isNull();
  }

  @Test
  void aMethodWithoutPoliciesMayBeRunDirectly() {
    assertThat(method().idle()).isTrue();
    assertThat(method(tracing(Phase.OBSERVE)).idle()).isFalse();
  }

  @Test
  void countsTheAttemptOfACallThatSucceedsAtOnce() {
    GovernedMethod method = method(tracing(Phase.OBSERVE));

    method.call(null, arguments -> "answer", "question");

    assertThat(method.counts().get(Counts.Event.STARTED)).isEqualTo(1);
    assertThat(method.counts().get(Counts.Event.ATTEMPT)).isEqualTo(1);
    assertThat(method.counts().get(Counts.Event.SUCCEEDED)).isEqualTo(1);
    assertThat(method.counts().active()).isZero();
  }

  @Test
  void reportsInnerCallsToTheOuterCall() {
    GildRuntime runtime = runtime(tracing(Phase.OBSERVE));
    GovernedMethod outer = runtime.method(spec(TEXT_TO_TEXT));
    GovernedMethod inner = runtime.method(spec("(I)I"));

    AgentCall call = outer.begin(null, "question");
    assertThat(call.proceed()).isTrue();
    inner.call(
        null,
        arguments -> {
          AgentCall current = AgentCall.current();
          assertThat(current.parent()).isSameAs(call);
          current.recordUsage("gpt-4o-mini", Usage.of(1_000_000, 0));
          return 1;
        },
        1);
    call.returned("answer");
    assertThat(call.proceed()).isFalse();

    assertThat(call.facts().usage().inputTokens()).isEqualTo(1_000_000);
    assertThat(call.facts().costUsd()).isEqualByComparingTo("0.15");
    assertThat(outer.runtime().ledger().lines())
        .singleElement()
        .satisfies(line -> assertThat(line.model()).isEqualTo("gpt-4o-mini"));
  }

  @Test
  void appliesAPolicyOnceAtTheOutermostCallThatCarriesIt() {
    TestModule.Retries retry = new TestModule.Retries(3);
    GildRuntime runtime =
        GildRuntime.builder()
            .policies(spec -> Policies.of(retry))
            .stages(repeating(Phase.RETRY, 2))
            .build();
    GovernedMethod outer = runtime.method(spec(TEXT_TO_TEXT));
    GovernedMethod inner = runtime.method(spec("(I)I"));
    AtomicInteger runs = new AtomicInteger();

    outer.call(null, arguments -> inner.call(null, same -> runs.incrementAndGet(), 1), "question");

    assertThat(runs).as("three attempts, not nine").hasValue(3);
  }

  @Test
  void judgesAFutureWhenItCompletes() {
    GovernedMethod method = method(TEXT_TO_FUTURE, repeating(Phase.RETRY, 1));
    List<CompletableFuture<String>> attempts = new ArrayList<>();

    CompletableFuture<?> result =
        (CompletableFuture<?>)
            method.call(
                null,
                arguments -> {
                  attempts.add(new CompletableFuture<>());
                  return attempts.get(attempts.size() - 1);
                },
                "question");

    assertThat(AgentCall.current()).isNull();
    assertThat(result).isNotDone();
    attempts.get(0).completeExceptionally(new CompletionException(new IOException("first")));
    assertThat(attempts).hasSize(2);
    assertThat(result).isNotDone();
    attempts.get(1).complete("second");
    assertThat(result).isCompletedWithValueMatching("second"::equals);
    assertThat(method.counts().get(Counts.Event.SUCCEEDED)).isEqualTo(1);
  }

  @Test
  void neverRepeatsACallThatIsMadeOnce() {
    GovernedMethod method = method(tracing(Phase.OBSERVE), repeating(Phase.RETRY, 5));
    List<CompletableFuture<String>> attempts = new ArrayList<>();

    CompletableFuture<?> result =
        method.callOnce(
            null,
            arguments -> {
              attempts.add(new CompletableFuture<>());
              return attempts.get(0);
            },
            "question");

    assertThat(AgentCall.current()).isNull();
    assertThat(trace).containsExactly("enter observe");
    IOException failure = new IOException("first");
    attempts.get(0).completeExceptionally(failure);
    assertThat(result)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isSameAs(failure);
    assertThat(attempts).hasSize(1);
    assertThat(trace).containsExactly("enter observe", "exit observe");
  }

  @Test
  void cancellingTheResultCancelsTheAttempt() {
    GovernedMethod method = method(TEXT_TO_FUTURE, tracing(Phase.OBSERVE));
    CompletableFuture<String> attempt = new CompletableFuture<>();

    CompletableFuture<?> result =
        (CompletableFuture<?>) method.call(null, arguments -> attempt, "question");
    result.cancel(true);

    assertThat(attempt).isCancelled();
  }

  @Test
  void aCancelledCallMakesNoFurtherAttempt() {
    GovernedMethod method =
        method(TEXT_TO_FUTURE, tracing(Phase.OBSERVE), repeating(Phase.RETRY, 5));
    AtomicInteger runs = new AtomicInteger();
    CompletableFuture<String> attempt = new CompletableFuture<>();

    CompletableFuture<?> result =
        (CompletableFuture<?>)
            method.call(
                null,
                arguments -> {
                  runs.incrementAndGet();
                  return attempt;
                },
                "question");
    result.cancel(true);

    assertThat(runs).hasValue(1);
    assertThat(trace).containsExactly("enter observe", "exit observe");
    assertThat(method.counts().active()).isZero();
  }

  @Test
  void replaysASideEffectInsteadOfRepeatingIt() {
    GildRuntime runtime =
        GildRuntime.builder()
            .policies(spec -> Policies.none())
            .stages(
                new Repeating(Phase.RETRY, 2) {
                  @Override
                  public Stage stage(StageContext context) {
                    return context.spec().methodName().equals("answer")
                        ? super.stage(context)
                        : null;
                  }
                })
            .build();
    GovernedMethod agent = runtime.method(spec(TEXT_TO_TEXT));
    GovernedMethod payment =
        runtime.method(
            new MethodSpec(
                CallKind.TOOL,
                "support",
                "",
                "com.acme.Bank",
                "pay",
                TEXT_TO_TEXT,
                List.of(),
                Effect.SIDE_EFFECT,
                io.gild.config.PolicyTree.empty()));
    List<Object> paid = new ArrayList<>();
    Function<String, Object> pay =
        account ->
            payment.call(
                null,
                arguments -> {
                  paid.add(arguments[0]);
                  return "receipt " + paid.size();
                },
                account);

    Object receipts =
        agent.call(
            null,
            arguments -> pay.apply("anna") + ", " + pay.apply("anna") + ", " + pay.apply("bob"),
            "question");

    assertThat(paid).as("two equal payments are two").containsExactly("anna", "anna", "bob");
    assertThat(receipts).isEqualTo("receipt 1, receipt 2, receipt 3");
    assertThat(payment.counts().get(Counts.Event.REPLAYED)).isEqualTo(6);
  }

  @Test
  void stopsWaitingWhenTheThreadIsInterrupted() {
    GovernedMethod method =
        method(
            tracing(Phase.OBSERVE),
            provider(
                Phase.RETRY,
                new Stage() {
                  @Override
                  public boolean exit(AgentCall call) {
                    call.waitFor(Duration.ofHours(1).toNanos());
                    return true;
                  }
                }));

    Thread.currentThread().interrupt();
    assertThatThrownBy(() ->
            method.call(
                null,
                arguments -> {
                  throw new IOException("down");
                },
                "question"))
        .isInstanceOf(IOException.class);

    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(trace).containsExactly("enter observe", "exit observe");
    assertThat(AgentCall.current()).isNull();
  }

  // ------------------------------------------------------------------------------ helpers

  private GovernedMethod method(StageProvider... providers) {
    return method(TEXT_TO_TEXT, providers);
  }

  private GovernedMethod method(String descriptor, StageProvider... providers) {
    return runtime(providers).method(spec(descriptor));
  }

  private static GildRuntime runtime(StageProvider... providers) {
    RuntimeBuilder builder = GildRuntime.builder().policies(spec -> Policies.none());
    for (StageProvider provider : providers) {
      builder.stages(provider);
    }
    return builder.build();
  }

  private static MethodSpec spec(String descriptor) {
    return MethodSpec.of("support", "com.acme.SupportAgent", "answer", descriptor);
  }

  private static Object fail() {
    throw new AssertionError("the method must not run");
  }

  private StageProvider tracing(Phase phase) {
    return provider(
        phase,
        new Stage() {
          @Override
          public boolean enter(AgentCall call) {
            trace.add("enter " + phase);
            return true;
          }

          @Override
          public boolean exit(AgentCall call) {
            trace.add("exit " + phase);
            return false;
          }
        });
  }

  private static StageProvider stage(Phase phase, Function<AgentCall, Boolean> enter) {
    return provider(
        phase,
        new Stage() {
          @Override
          public boolean enter(AgentCall call) {
            return enter.apply(call);
          }
        });
  }

  private static StageProvider provider(Phase phase, Stage stage) {
    return new StageProvider() {
      @Override
      public Phase phase() {
        return phase;
      }

      @Override
      public Stage stage(StageContext context) {
        return stage;
      }
    };
  }

  private static StageProvider repeating(Phase phase, int times) {
    return new Repeating(phase, times);
  }

  /** Requests a number of further attempts after any outcome. */
  private static class Repeating implements StageProvider {

    private final Phase phase;
    private final int times;

    Repeating(Phase phase, int times) {
      this.phase = phase;
      this.times = times;
    }

    @Override
    public Phase phase() {
      return phase;
    }

    @Override
    public Class<TestModule.Retries> policy() {
      return TestModule.Retries.class;
    }

    @Override
    public Stage stage(StageContext context) {
      return new Stage() {
        private int repeats;

        @Override
        public boolean exit(AgentCall call) {
          return repeats++ < times;
        }
      };
    }
  }
}
