package io.gild.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gild.config.PolicyTree;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.CallLinks;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.ContextCarrier;
import io.gild.core.spi.GildModule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The new version answers calls a second time, and changes nothing. */
class ShadowTests {

  private final GildRuntime runtime = GildRuntime.builder().build();
  private final GovernedMethod method = Desk.method(runtime);
  private final BlockingQueue<ShadowResult> results = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    runtime.close();
  }

  private VersionSplit shadowed(Variant variant) {
    return Versions.of(runtime)
        .split("r", "desk", variant)
        .shadow(Buckets.COUNT)
        .onShadow(results::add);
  }

  private static Variant next() {
    return Variant.named("2.0").implementation(Desk.Next.class.getName());
  }

  private ShadowResult result() throws InterruptedException {
    ShadowResult result = results.poll(20, TimeUnit.SECONDS);
    assertThat(result).as("a comparison").isNotNull();
    return result;
  }

  private static void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void comparesBothAnswers() throws Exception {
    VersionSplit split = shadowed(next());

    assertThat(Desk.ask(method, "a", "q")).isEqualTo("1: q");

    ShadowResult result = result();
    assertThat(result.stable().value()).isEqualTo("1: q");
    assertThat(result.canary().value()).isEqualTo("2: q");
    assertThat(result.arguments()).containsExactly("a", "q");
    assertThat(result.version()).isEqualTo("2.0");
    assertThat(result.method().version()).isEqualTo("1.0");
    assertThat(result.refusedEffects()).isZero();
    await(() -> split.counts().shadows() == 1);
    assertThat(split.counts()).isEqualTo(new VersionCounts(1, 0, 1, 0, 0));
  }

  @Test
  void linksTheShadowToTheCallThatItRepeats() throws Exception {
    BlockingQueue<List<String>> links = new LinkedBlockingQueue<>();
    try (GildRuntime traced =
        GildRuntime.builder()
            .module(new Traced())
            .listener(
                new CallListener() {
                  @Override
                  public void onCallCompleted(AgentCall call) {
                    links.add(CallLinks.take());
                  }
                })
            .build()) {
      Versions.of(traced).split("r", "desk", next()).shadow(Buckets.COUNT).onShadow(results::add);

      Desk.ask(Desk.method(traced), "a", "q");
      result();

      assertThat(links.poll(20, TimeUnit.SECONDS)).as("of the caller's call").isEmpty();
      assertThat(links.poll(20, TimeUnit.SECONDS)).containsExactly("traceparent", "1.0");
    }
  }

  /** Gives the version of the current call as its trace. */
  private static final class Traced implements GildModule {

    @Override
    public String name() {
      return "traced";
    }

    @Override
    public List<ContextCarrier> carriers() {
      return List.of(
          new ContextCarrier() {
            @Override
            public Captured capture() {
              return () -> () -> {};
            }

            @Override
            public void inject(BiConsumer<String, String> headers) {
              headers.accept("traceparent", AgentCall.current().method().presentVersion());
            }
          });
    }
  }

  @Test
  void runsThePresentCodeWithTheNewPrompt() throws Exception {
    shadowed(Variant.named("2.0").prompt("P {prompt}"));

    assertThat(Desk.ask(method, "a", "q")).isEqualTo("1: q");
    assertThat(result().canary().value()).isEqualTo("1: P q");
  }

  @Test
  void comparesFailures() throws Exception {
    shadowed(Variant.named("2.0").prompt("P {prompt}"));
    IllegalStateException failure = new IllegalStateException("down");

    assertThat(
            catchThrowable(() ->
                method.call(
                    null,
                    given -> {
                      if (given[1].equals("q")) {
                        throw failure;
                      }
                      return "fine";
                    },
                    "a",
                    "q")))
        .isSameAs(failure);

    ShadowResult result = result();
    assertThat(result.stable().failure()).isSameAs(failure);
    assertThat(result.canary().value()).isEqualTo("fine");
  }

  @Test
  void waitsForAnswersThatComeLater() throws Exception {
    GildRuntime fresh = GildRuntime.builder().build();
    GovernedMethod later =
        fresh.method(
            Desk.spec(
                "answer",
                "(Ljava/lang/String;Ljava/lang/String;)Ljava/util/concurrent/CompletableFuture;"));
    Versions.of(fresh)
        .split("r", "desk", Variant.named("2.0").prompt("P {prompt}"))
        .shadow(Buckets.COUNT)
        .onShadow(results::add);
    CompletableFuture<Object> first = new CompletableFuture<>();
    Object stage =
        later.call(
            null,
            given -> given[1].equals("q") ? first : CompletableFuture.completedFuture("second"),
            "a",
            "q");
    assertThat(results).isEmpty();

    first.complete("first");

    assertThat(((CompletableFuture<?>) stage).get()).isEqualTo("first");
    ShadowResult result = result();
    assertThat(result.stable().value()).isEqualTo("first");
    assertThat(result.canary().value()).isEqualTo("second");
    fresh.close();
  }

  private GovernedMethod tool(String name, Effect effect) {
    return runtime.method(
        new MethodSpec(
            CallKind.TOOL,
            "desk",
            "",
            "com.acme.Tools",
            name,
            "(Ljava/lang/Object;)Ljava/lang/Object;",
            List.of(),
            effect,
            PolicyTree.empty()));
  }

  @Test
  void replaysTheSideEffectsOfTheFirstCall() throws Exception {
    GovernedMethod pay = tool("pay", Effect.SIDE_EFFECT);
    List<Object> payments = Collections.synchronizedList(new ArrayList<>());
    shadowed(Variant.named("2.0").prompt("P {prompt}"));

    Object answer =
        method.call(
            null,
            given ->
                pay.call(
                    null,
                    input -> {
                      payments.add(input[0]);
                      return "receipt " + payments.size();
                    },
                    "{\"amount\": 5}"),
            "a",
            "q");

    assertThat(answer).isEqualTo("receipt 1");
    assertThat(result().canary().value()).isEqualTo("receipt 1");
    assertThat(payments).as("paid once").hasSize(1);
  }

  @Test
  void refusesOtherSideEffects() throws Exception {
    GovernedMethod pay = tool("pay", Effect.SIDE_EFFECT);
    GovernedMethod store = tool("store", Effect.IDEMPOTENT);
    List<Object> done = Collections.synchronizedList(new ArrayList<>());
    shadowed(Variant.named("2.0").prompt("P {prompt}"));

    method.call(
        null,
        given -> {
          String amount = given[1].equals("q") ? "5" : "500";
          String paid = attempt(pay, done, amount);
          return paid + ", " + attempt(store, done, "x");
        },
        "a",
        "q");

    ShadowResult result = result();
    assertThat(result.stable().value()).isEqualTo("done, done");
    assertThat(result.canary().value()).isEqualTo("refused, refused");
    assertThat(result.refusedEffects()).isEqualTo(2);
    assertThat(done).containsExactly("5", "x");
  }

  private static String attempt(GovernedMethod tool, List<Object> done, String input) {
    try {
      return String.valueOf(
          tool.call(
              null,
              given -> {
                done.add(given[0]);
                return "done";
              },
              input));
    } catch (ShadowEffectRefused refused) {
      assertThat(refused)
          .hasMessageContaining("Agent desk: a shadow asked for the side effect com.acme.Tools#");
      return "refused";
    }
  }

  @Test
  void marksAllCallsInside() throws Exception {
    GovernedMethod tool = tool("look", Effect.NONE);
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    runtime.addListener(
        new CallListener() {
          @Override
          public void onCallCompleted(AgentCall call) {
            seen.add(call.method().spec().methodName() + " " + call.isShadow());
          }
        });
    shadowed(Variant.named("2.0").prompt("P {prompt}"));

    method.call(null, given -> tool.call(null, input -> "found", "x"), "a", "q");
    result();

    assertThat(seen).containsExactly("look false", "answer false", "look true", "answer true");
  }

  @Test
  void skipsArgumentsThatTheFirstCallMayChange() {
    VersionSplit split = shadowed(Variant.named("2.0").prompt("P {prompt}"));

    method.call(null, given -> "ok", new StringBuilder("a"), "q");

    assertThat(split.counts().skippedShadows()).isOne();
    assertThat(results).isEmpty();
  }

  @Test
  void skipsMethodsThatAreSideEffects() {
    GildRuntime fresh = GildRuntime.builder().build();
    MethodSpec spec = Desk.spec();
    GovernedMethod effect =
        fresh.method(
            new MethodSpec(
                spec.kind(),
                spec.agent(),
                spec.version(),
                spec.className(),
                spec.methodName(),
                spec.descriptor(),
                spec.parameters(),
                Effect.SIDE_EFFECT,
                spec.declared()));
    VersionSplit split =
        Versions.of(fresh)
            .split("r", "desk", Variant.named("2.0").prompt("P {prompt}"))
            .shadow(Buckets.COUNT);

    effect.call(null, given -> "ok", "a", "q");

    assertThat(split.counts().skippedShadows()).isOne();
    fresh.close();
  }

  @Test
  void dropsWhatItCannotRunInTime() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    VersionSplit split = shadowed(Variant.named("2.0").prompt("P {prompt}")).shadowLimits(1, 1);
    for (int i = 0; i < 4; i++) {
      method.call(
          null,
          given -> {
            if (!given[1].equals("q")) {
              begun.countDown();
              end.await();
            }
            return "ok";
          },
          "a",
          "q");
      begun.await();
    }

    assertThat(split.counts().droppedShadows()).as("of one that runs, one that waits").isEqualTo(2);
    end.countDown();
    result();
    result();
    await(() -> split.counts().shadows() == 2);
  }

  @Test
  void makesNoShadowOfACallThatWasInterrupted() {
    VersionSplit split = shadowed(Variant.named("2.0").prompt("P {prompt}"));

    method.call(
        null,
        given -> {
          Thread.currentThread().interrupt();
          return "ok";
        },
        "a",
        "q");

    assertThat(Thread.interrupted()).as("the caller's interrupt stays").isTrue();
    assertThat(split.counts().shadows() + split.counts().droppedShadows()).isZero();
    assertThat(results).isEmpty();
  }

  @Test
  void keepsCallersFromAFailingListener() throws Exception {
    shadowed(next())
        .onShadow(result -> {
          throw new IllegalStateException("no disk");
        });

    assertThat(Desk.ask(method, "a", "q")).isEqualTo("1: q");
    result();
    assertThat(Desk.ask(method, "a", "q2")).isEqualTo("1: q2");
    result();
  }

  @Test
  void makesOneShadowOfCallsThatAreNested() throws Exception {
    VersionSplit split = shadowed(Variant.named("2.0").prompt("P {prompt}")).shadowLimits(1, 8);

    method.call(null, given -> Desk.ask(method, "a", "inner"), "a", "q");
    Desk.ask(method, "a", "next");

    assertThat(result().arguments()).containsExactly("a", "q");
    assertThat(result().arguments()).as("in the order of the calls").containsExactly("a", "next");
    assertThat(split.counts().stable()).isEqualTo(3);
  }

  @Test
  void knowsValuesThatBothVersionsMayUse() {
    record Safe(String text, int number, List<@Nullable VersionSide> sides) {}
    record Unsafe(List<String> texts) {}

    assertThat(SafeValues.isSafe(new Safe("a", 1, List.of(VersionSide.CANARY)))).isTrue();
    assertThat(SafeValues.isSafe(Map.of("a", Instant.EPOCH))).isTrue();
    assertThat(SafeValues.isSafe(Optional.of(1.5))).isTrue();
    assertThat(SafeValues.isSafe(new Unsafe(new ArrayList<>()))).isFalse();
    assertThat(SafeValues.isSafe(new int[1])).isFalse();
    assertThat(SafeValues.isSafe(new Object())).isFalse();
  }
}
