package io.gild.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.CallContext;
import io.gild.core.CallKind;
import io.gild.core.Counts;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodScope;
import io.gild.core.MethodSpec;
import io.gild.core.spi.ContextCarrier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls inside of calls, on other threads and of other shapes, while a new version answers. */
class NestedVersionsTests {

  private final GildRuntime runtime = GildRuntime.builder().module(new VersionsModule()).build();
  private final GovernedMethod method = Desk.method(runtime);
  private final GovernedMethod helper = agent("helper", "(Ljava/lang/String;)Ljava/lang/String;");
  private final Versions versions = Versions.of(runtime);

  @AfterEach
  void close() {
    runtime.close();
  }

  private GovernedMethod agent(String name, String descriptor) {
    return runtime.method(
        new MethodSpec(
            CallKind.AGENT,
            name,
            "7",
            "com.acme.Helper",
            "help",
            descriptor,
            List.of(),
            Effect.NONE,
            PolicyTree.empty()));
  }

  private static Variant prompted() {
    return Variant.named("2.0").prompt("P {prompt}");
  }

  private static MethodScope current() {
    AgentCall call = AgentCall.current();
    assertThat(call).isNotNull();
    return call.method();
  }

  @Test
  void staysWithTheSideOfTheOuterCall() {
    VersionSplit split =
        versions.split("r", "desk", prompted()).share(5_000).key(VersionKey.none());
    for (int i = 0; i < 200; i++) {
      List<@Nullable Object> variants = new ArrayList<>();
      method.call(
          null,
          outer -> {
            variants.add(current().variant());
            return method.call(
                null,
                inner -> {
                  variants.add(current().variant());
                  return "";
                },
                "a",
                "q");
          },
          "a",
          "q");
      assertThat(variants.get(0)).isSameAs(variants.get(1));
    }

    assertThat(split.counts().canary()).as("of outer calls").isBetween(50L, 150L);
  }

  @Test
  void givesOtherAgentsInsideStateOfTheirOwn() {
    AtomicReference<@Nullable MethodScope> inside = new AtomicReference<>();
    versions.split("r", "desk", prompted()).share(Buckets.COUNT);

    method.call(
        null,
        given ->
            helper.call(
                null,
                text -> {
                  inside.set(current());
                  return text[0];
                },
                "x"),
        "a",
        "q");

    MethodScope scope = inside.get();
    assertThat(scope).isNotNull().isNotSameAs(helper);
    assertThat(scope.spec()).as("another agent keeps its version").isEqualTo(helper.spec());
    assertThat(helper.call(null, text -> current(), "x")).isSameAs(helper);
  }

  @Test
  void letsEachAgentHaveItsRollout() {
    versions.split("first", "desk", prompted()).share(Buckets.COUNT);
    versions
        .split("second", "helper", Variant.named("8").prompt("H {prompt}"))
        .share(Buckets.COUNT);

    Object answer =
        method.call(null, given -> helper.call(null, text -> text[0], given[1]), "a", "q");

    assertThat(answer).isEqualTo("H P q");
  }

  @Test
  void followsTheCallToOtherThreads() throws Exception {
    versions.split("r", "desk", prompted()).share(Buckets.COUNT);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Object version =
          method.call(
              null,
              given ->
                  threads
                      .submit(
                          CallContext.capture()
                              .wrapCallable(() ->
                                  helper.call(null, text -> current().variant() != null, "x")))
                      .get(),
              "a",
              "q");
      assertThat(version).isEqualTo(true);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void endsWithTheVersionThatACallBeganWith() {
    VersionSplit split = versions.split("r", "desk", prompted()).share(Buckets.COUNT);

    Object answer =
        method.call(
            null,
            given -> {
              split.close();
              Object inner = helper.call(null, text -> current().variant() != null, "x");
              return given[1] + " " + inner;
            },
            "a",
            "q");

    assertThat(answer).isEqualTo("P q true");
    assertThat(Desk.ask(method, "a", "q")).isEqualTo("1: q");
    assertThat(method.detached()).as("all is as it was").isFalse();
  }

  @Test
  void survivesAReloadInTheMiddleOfACall() {
    versions.split("r", "desk", prompted()).share(Buckets.COUNT);

    Object answer =
        method.call(
            null,
            given -> {
              runtime.reload(Settings.builder().yaml("gild.yaml", "mode: observe\n").build());
              return given[1];
            },
            "a",
            "q");

    assertThat(answer).isEqualTo("P q");
    assertThat(Desk.ask(method, "a", "q")).isEqualTo("1: P q");
  }

  @Test
  void answersCallsThatAreDrivenStepByStep() {
    versions.split("r", "desk", prompted()).share(Buckets.COUNT);

    AgentCall call = method.begin(null, "a", "q");
    while (call.proceed()) {
      call.returned(call.argument(1));
    }

    assertThat(call.result()).isEqualTo("P q");
    assertThat(call.argument(1)).as("afterwards").isEqualTo("q");
  }

  @Test
  void staysWithThePresentCodeWhereNoOtherCodeCanRun() {
    versions
        .split("r", "desk", Variant.named("2.0").implementation(Desk.Next.class.getName()))
        .share(Buckets.COUNT);

    AgentCall call = method.begin(null, "a", "q");

    assertThat(call.method()).isSameAs(method);
    while (call.proceed()) {
      call.returned("1");
    }
  }

  @Test
  void answersStreams() {
    GovernedMethod streaming = agent("streamer", "(Ljava/lang/String;)Ljava/util/Iterator;");
    versions.split("r", "streamer", Variant.named("8").prompt("P {prompt}")).share(Buckets.COUNT);

    Object stream = streaming.call(null, given -> List.of(given[0], "end").iterator(), "q");

    List<Object> elements = new ArrayList<>();
    ((Iterator<?>) stream).forEachRemaining(elements::add);
    assertThat(elements).containsExactly("P q", "end");
  }

  @Test
  void answersStages() throws Exception {
    GovernedMethod later =
        agent("later", "(Ljava/lang/String;)Ljava/util/concurrent/CompletableFuture;");
    versions.split("r", "later", Variant.named("8").prompt("P {prompt}")).share(Buckets.COUNT);

    Object stage = later.call(null, given -> CompletableFuture.completedFuture(given[0]), "q");

    assertThat(((CompletableFuture<?>) stage).get()).isEqualTo("P q");
    assertThat(
            later.callOnce(null, given -> CompletableFuture.completedFuture(given[0]), "q").get())
        .isEqualTo("P q");
    assertThat(
            later.callAsync(null, given -> CompletableFuture.completedFuture(given[0]), "q").get())
        .isEqualTo("P q");
  }

  @Test
  void countsEachVersionOnItsOwn() {
    VersionSplit split = versions.split("r", "desk", prompted()).share(Buckets.COUNT);
    Desk.ask(method, "a", "q");
    split.close();
    Desk.ask(method, "a", "q");

    Map<String, Long> calls = new TreeMap<>();
    runtime.totals().stream()
        .filter(total -> total.spec().agent().equals("desk"))
        .forEach(
            total -> calls.put(total.spec().version(), total.counts().get(Counts.Event.SUCCEEDED)));
    assertThat(calls).isEqualTo(Map.of("1.0", 1L, "2.0", 1L));
  }

  @Test
  void carriesTheSideInHeaders() {
    VersionOverride carrier = new VersionOverride();
    Map<String, String> headers = new TreeMap<>();
    carrier.inject(headers::put);
    assertThat(headers).as("no one asks").isEmpty();

    Versions.with(
        VersionSide.CANARY,
        () -> {
          carrier.inject(headers::put);
          return "";
        });

    assertThat(headers).isEqualTo(Map.of("gild-version", "canary"));
    assertThat(within(carrier, headers)).isEqualTo(VersionSide.CANARY);
    assertThat(within(carrier, Map.of("baggage", "a=b, gild.version=stable;x=y")))
        .isEqualTo(VersionSide.STABLE);
    assertThat(within(carrier, Map.of("gild-version", "2.0"))).isNull();
    assertThat(within(carrier, Map.of())).isNull();
    assertThat(VersionOverride.current()).as("afterwards").isNull();
  }

  private static @Nullable VersionSide within(
      VersionOverride carrier, Map<String, String> headers) {
    ContextCarrier.Captured context = carrier.extract(headers::get);
    if (context == null) {
      return null;
    }
    Runnable remove = context.install();
    try {
      return VersionOverride.current();
    } finally {
      remove.run();
    }
  }

  @Test
  void choosesOnManyThreadsWhileTheShareGrows() throws Exception {
    VersionSplit split = versions.split("r", "desk", prompted());
    CountDownLatch begin = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<CompletableFuture<Boolean>> runs = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      String customer = "customer " + thread;
      runs.add(
          CompletableFuture.supplyAsync(
              () -> {
                awaitUninterrupted(begin);
                boolean moved = false;
                boolean movedBack = false;
                for (int i = 0; i < 2_000; i++) {
                  boolean canary = Desk.ask(method, customer, "q").contains("P");
                  movedBack |= moved && !canary;
                  moved |= canary;
                }
                return !movedBack;
              },
              threads));
    }
    begin.countDown();
    for (int share = 0; share <= Buckets.COUNT; share += 100) {
      split.share(share);
    }
    for (CompletableFuture<Boolean> run : runs) {
      assertThat(run.get()).as("never moves back").isTrue();
    }
    threads.shutdownNow();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
