package io.gild.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Policies;
import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import io.gild.core.spi.VariantPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cost of failed attempts, under real policies. */
class WasteTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String SETTINGS =
      """
      mode: enforce
      data: %s
      ledger: {enabled: true}
      tiers:
        small: {model: gpt-4o-mini}
        large: {model: gpt-4o}
      agents:
        - agent: cascade
          route: {strategy: cascade, tiers: [small, large]}
        - agent: retried
          retry: {max-attempts: 3, wait-duration: 1ms}
        - agent: limited
          time-limit: {timeout-duration: 50ms}
      """;

  /** A version that differs in nothing. */
  private static final VariantPlan VARIANT_PLAN =
      new VariantPlan() {
        @Override
        public Policies policies(Policies configured) {
          return configured;
        }

        @Override
        public StageProvider innermost() {
          return new StageProvider() {
            @Override
            public Phase phase() {
              return Phase.inside(Phase.TIME_LIMIT, "version");
            }

            @Override
            public @Nullable Stage stage(StageContext context) {
              return null;
            }
          };
        }
      };

  @TempDir Path data;

  /** Whether each line is that of a shadow. */
  private final List<Boolean> shadows = new ArrayList<>();

  private GildRuntime runtime = GildRuntime.builder().settings(Settings.defaults()).build();

  private void start() {
    runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("gild.yaml", SETTINGS.formatted(data)).build())
            .discover(getClass().getClassLoader())
            .build();
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  private GovernedMethod method(String agent, String result) {
    return runtime.method(MethodSpec.of(agent, "com.acme.Desk", agent, "()" + result));
  }

  private static void report(AgentCall call) {
    call.recordUsage("gpt-4o-mini", Usage.of(1_000, 100));
  }

  private static AgentCall current() {
    return Objects.requireNonNull(AgentCall.current());
  }

  private List<String> lines() throws Exception {
    assertThat(CallLedger.of(runtime).flush(SOON)).isTrue();
    List<String> lines = new ArrayList<>();
    new FolderLedger(data.resolve("ledger"), 1 << 20)
        .read(
            null,
            null,
            entry -> {
              shadows.add(entry.shadow());
              lines.add(entry.kind() + " of attempt " + entry.attempt());
            },
            problem -> assertThat(problem).isNull());
    return lines;
  }

  @Test
  void isWhatAnAttemptCostThatIsRetried() throws Exception {
    start();
    AtomicInteger attempts = new AtomicInteger();
    Object answer =
        method("retried", "Ljava/lang/String;")
            .call(
                null,
                arguments -> {
                  report(current());
                  if (attempts.incrementAndGet() == 1) {
                    throw new IOException("the connection was reset");
                  }
                  return "fine";
                });
    assertThat(answer).isEqualTo("fine");
    assertThat(lines())
        .containsExactly("USAGE of attempt 1", "WASTE of attempt 1", "USAGE of attempt 2");
  }

  @Test
  void isWhatSucceededInsideOfAFailedAttempt() throws Exception {
    start();
    GovernedMethod model = method("model", "Ljava/lang/String;");
    GovernedMethod retried = method("retried", "Ljava/lang/String;");
    assertThatThrownBy(() ->
            retried.call(
                null,
                arguments -> {
                  model.call(
                      null,
                      same -> {
                        report(current());
                        return "not JSON";
                      });
                  throw new IOException("the answer is not JSON");
                }))
        .isInstanceOf(IOException.class);
    assertThat(lines())
        .containsExactly(
            "USAGE of attempt 1",
            "WASTE of attempt 1",
            "USAGE of attempt 2",
            "WASTE of attempt 2",
            "USAGE of attempt 3",
            "WASTE of attempt 3");
  }

  @Test
  void isKnownWhenAnAsynchronousAttemptCompletes() throws Exception {
    start();
    AtomicInteger attempts = new AtomicInteger();
    Object stage =
        method("retried", "Ljava/util/concurrent/CompletableFuture;")
            .call(
                null,
                arguments -> {
                  report(current());
                  return attempts.incrementAndGet() == 1
                      ? CompletableFuture.failedFuture(new IOException("reset"))
                      : CompletableFuture.completedFuture("fine");
                });
    assertThat((CompletableFuture<?>) stage).succeedsWithin(SOON).isEqualTo("fine");
    assertThat(lines())
        .containsExactly("USAGE of attempt 1", "WASTE of attempt 1", "USAGE of attempt 2");
  }

  @Test
  void isWhatATierCostThatFailed() throws Exception {
    start();
    assertThat(
            cascade(() -> {
              throw new IOException("the connection was reset");
            }))
        .isEqualTo("fine");
    assertThat(lines())
        .containsExactly("USAGE of attempt 1", "WASTE of attempt 1", "USAGE of attempt 2");
  }

  @Test
  void isNotWhatARejectedAnswerCost() throws Exception {
    start();
    assertThat(cascade(() -> "")).isEqualTo("fine");
    assertThat(lines()).startsWith("USAGE of attempt 1", "USAGE of attempt 2");
    assertThat(lines()).noneMatch(line -> line.startsWith("WASTE"));
  }

  /** Calls a cascade whose last tier answers well. */
  private @Nullable Object cascade(Callable<String> small) {
    AtomicInteger attempts = new AtomicInteger();
    MethodSpec spec =
        new MethodSpec(
            CallKind.AGENT,
            "cascade",
            "",
            "com.acme.Desk",
            "cascade",
            "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
            List.of(
                new MethodSpec.Parameter("question", "java.lang.String", MethodSpec.Role.PROMPT),
                new MethodSpec.Parameter("model", "java.lang.String", MethodSpec.Role.MODEL)),
            Effect.NONE,
            PolicyTree.empty());
    return runtime
        .method(spec)
        .call(
            null,
            arguments -> {
              report(current());
              return attempts.incrementAndGet() == 1 ? small.call() : "fine";
            },
            "Who was the first?",
            null);
  }

  @Test
  void isWhatAStreamCostThatFailed() throws Exception {
    start();
    Iterator<?> stream = stream(new IOException("the stream was cut off"));
    assertThat(stream.next()).isEqualTo("a chunk");
    assertThatThrownBy(stream::hasNext).hasMessageContaining("cut off");
    assertThat(lines()).containsExactly("USAGE of attempt 1", "WASTE of attempt 1");
  }

  @Test
  void isNothingOfAStreamThatEndsWell() throws Exception {
    start();
    Iterator<?> stream = stream(null);
    assertThat(stream.next()).isEqualTo("a chunk");
    assertThat(stream.hasNext()).isFalse();
    assertThat(lines()).containsExactly("USAGE of attempt 1");
  }

  private Iterator<?> stream(@Nullable Exception end) {
    Object stream =
        method("retried", "Ljava/util/Iterator;")
            .call(
                null,
                arguments -> {
                  report(current());
                  return new OneChunk(end);
                });
    return (Iterator<?>) Objects.requireNonNull(stream);
  }

  /** One chunk, then an end or a failure. */
  private static final class OneChunk implements Iterator<String> {

    private final @Nullable Exception end;
    private boolean given;

    OneChunk(@Nullable Exception end) {
      this.end = end;
    }

    @Override
    public boolean hasNext() {
      if (given && end != null) {
        throw new IllegalStateException(end.getMessage(), end);
      }
      return !given;
    }

    @Override
    public String next() {
      given = true;
      return "a chunk";
    }
  }

  @Test
  void ofShadowsStaysAPartOfWhatIsOnlyCompared() throws Exception {
    start();
    GovernedMethod present = method("model", "Ljava/lang/String;");
    GovernedMethod shadow =
        runtime.variant(present, runtime.newVariant("2", true, null), present.spec(), VARIANT_PLAN);
    assertThatThrownBy(() ->
            shadow.call(
                null,
                arguments -> {
                  report(current());
                  throw new IOException("down");
                }))
        .isInstanceOf(IOException.class);
    assertThat(lines()).containsExactly("USAGE of attempt 1", "WASTE of attempt 1");
    assertThat(shadows).containsExactly(true, true);
  }

  @Test
  void isWhatAnAttemptReportsAfterItWasGivenUp() throws Exception {
    start();
    CountDownLatch givenUp = new CountDownLatch(1);
    CountDownLatch reported = new CountDownLatch(1);
    assertThatThrownBy(() ->
            method("limited", "Ljava/lang/String;")
                .call(
                    null,
                    arguments -> {
                      AgentCall call = current();
                      awaitUninterruptibly(givenUp);
                      report(call);
                      reported.countDown();
                      return "late";
                    }))
        .isInstanceOf(Exception.class);
    givenUp.countDown();
    reported.await();
    assertThat(lines()).containsExactly("USAGE of attempt 0", "WASTE of attempt 0");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.interrupted();
      Thread.onSpinWait();
    }
  }
}
