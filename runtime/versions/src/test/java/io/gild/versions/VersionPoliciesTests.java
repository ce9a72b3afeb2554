package io.gild.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.BreakerOpen;
import io.gild.core.BudgetExhausted;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemoryException;
import io.gild.memory.MemoryOwner;
import io.gild.observability.Telemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies of both versions, with the modules that they come from. */
class VersionPoliciesTests {

  private static final Variant NEXT = Variant.named("2.0").prompt("P {prompt}");

  /** Each call spends three dollars. */
  private static final Body SPENDING =
      arguments -> {
        AgentCall call = AgentCall.current();
        if (call != null) {
          call.recordUsage("m", Usage.of(1_000_000, 0));
        }
        return "ok";
      };

  @TempDir private Path data;
  private @Nullable GildRuntime runtime;

  @AfterEach
  void close() {
    if (runtime != null) {
      runtime.close();
    }
  }

  /** What budgets spend outlives the JVM, so each test has its own folder. */
  private Settings settings(String yaml) {
    return Settings.builder()
        .yaml("gild.yaml", "mode: enforce\ndata: %s\n".formatted(data) + yaml)
        .build();
  }

  private GovernedMethod method(String yaml) {
    GildRuntime made =
        GildRuntime.builder()
            .discover(VersionPoliciesTests.class.getClassLoader())
            .settings(settings(yaml))
            .build();
    runtime = made;
    return Desk.method(made);
  }

  private VersionSplit split(Variant variant) {
    assertThat(runtime).isNotNull();
    return Versions.of(runtime).split("r", "desk", variant);
  }

  private static String money(String limit) {
    return """
    prices:
      m: {input: 3, output: 3}
    budgets:
      daily: {limit: %s, period: 1d, per: tenant}
    agents:
      - agent: desk
        cost: {budget: daily}
    """
        .formatted(limit);
  }

  @Test
  void spendsTheMoneyOfOneBudgetWithBothVersions() {
    GovernedMethod method = method(money("7"));
    method.call(null, SPENDING, "ann", "q");
    split(NEXT).share(Buckets.COUNT);
    method.call(null, SPENDING, "ann", "q");

    assertThatExceptionOfType(BudgetExhausted.class)
        .as("after six dollars of both versions")
        .isThrownBy(() -> method.call(null, SPENDING, "ann", "q"));
    assertThat(method.call(null, SPENDING, "bob", "q")).isEqualTo("ok");
  }

  @Test
  void givesAnotherBudgetOfTheNewVersionItsOwnMoney() {
    GovernedMethod method = method(money("2"));
    method.call(null, SPENDING, "ann", "q");
    VersionSplit split =
        split(Variant.named("2.0").settings(settings(money("7")))).share(Buckets.COUNT);

    method.call(null, SPENDING, "ann", "q");
    method.call(null, SPENDING, "ann", "q");

    assertThat(split.counts().canary()).isEqualTo(2);
    assertThatExceptionOfType(BudgetExhausted.class)
        .isThrownBy(() -> method.call(null, SPENDING, "ann", "q"));
    split.share(0);
    assertThatExceptionOfType(BudgetExhausted.class)
        .isThrownBy(() -> method.call(null, SPENDING, "ann", "q"));
  }

  @Test
  void sharesNoCache() {
    GovernedMethod method = method("agents: [{agent: desk, cache: {}}]\n");
    AtomicInteger runs = new AtomicInteger();
    Body counted = arguments -> runs.incrementAndGet() + " " + arguments[1];
    assertThat(method.call(null, counted, "ann", "q")).isEqualTo("1 q");
    VersionSplit split = split(NEXT).share(Buckets.COUNT);

    assertThat(method.call(null, counted, "ann", "q")).isEqualTo("2 P q");
    assertThat(method.call(null, counted, "ann", "q")).isEqualTo("2 P q");
    split.close();
    assertThat(method.call(null, counted, "ann", "q")).isEqualTo("1 q");
    assertThat(runs).hasValue(2);
  }

  @Test
  void sharesNoCircuitBreaker() {
    GovernedMethod method =
        method(
            """
            agents:
              - agent: desk
                circuit-breaker:
                  {minimum-number-of-calls: 2, sliding-window-size: 2, failure-rate-threshold: 50}
            """);
    VersionSplit split = split(NEXT).share(Buckets.COUNT);
    Body failing =
        arguments -> {
          throw new IllegalStateException("down");
        };
    for (int i = 0; i < 4; i++) {
      assertThat(catchThrowable(() -> method.call(null, failing, "ann", "q"))).isNotNull();
    }
    assertThat(catchThrowable(() -> method.call(null, failing, "ann", "q")))
        .isInstanceOf(BreakerOpen.class);

    split.share(0);
    assertThat(method.call(null, arguments -> "ok", "ann", "q")).isEqualTo("ok");
  }

  @Test
  void retriesWithThePromptOnce() {
    GovernedMethod method =
        method("agents: [{agent: desk, retry: {max-attempts: 3, wait-duration: 0s}}]\n");
    split(NEXT).share(Buckets.COUNT);
    List<Object> prompts = new ArrayList<>();

    Object answer =
        method.call(
            null,
            arguments -> {
              prompts.add(String.valueOf(arguments[1]));
              if (prompts.size() < 3) {
                throw new IllegalStateException("flaky");
              }
              return "ok";
            },
            "ann",
            "q");

    assertThat(answer).isEqualTo("ok");
    assertThat(prompts).containsExactly("P q", "P q", "P q");
  }

  @Test
  void remembersNothingOfAShadow() throws Exception {
    GovernedMethod method =
        method("agents: [{agent: desk, remember: {long-term: true, session: false}}]\n");
    BlockingQueue<ShadowResult> results = new LinkedBlockingQueue<>();
    split(NEXT).shadow(Buckets.COUNT).onShadow(results::add);

    assertThat(Desk.ask(method, "ann", "I like tea.")).isEqualTo("1: I like tea.");
    ShadowResult result = results.poll(20, TimeUnit.SECONDS);

    assertThat(result).isNotNull();
    assertThat(result.canary().value()).isEqualTo("1: P I like tea.");
    assertThat(memory().memories().all("ann"))
        .singleElement()
        .satisfies(memory -> assertThat(memory.text()).isEqualTo("I like tea."));
  }

  private AgentMemory memory() {
    assertThat(runtime).isNotNull();
    return AgentMemory.of(runtime);
  }

  @Test
  void refusesTheWritesOfAShadowsOwnCode() throws Exception {
    GovernedMethod method = method("");
    BlockingQueue<ShadowResult> results = new LinkedBlockingQueue<>();
    split(NEXT).shadow(Buckets.COUNT).onShadow(results::add);
    MemoryOwner owner = new MemoryOwner("ann", "desk", "");

    method.call(
        null,
        arguments -> memory().memories().remember(new MemoryDraft("tea").owner(owner)).text(),
        "ann",
        "q");
    ShadowResult result = results.poll(20, TimeUnit.SECONDS);

    assertThat(result).isNotNull();
    assertThat(result.stable().value()).isEqualTo("tea");
    assertThat(result.canary().failure())
        .isInstanceOf(MemoryException.class)
        .hasMessageStartingWith("A shadow of a new version must not change memories");
  }

  @Test
  void metersEachVersion() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    GildRuntime made =
        GildRuntime.builder().discover(VersionPoliciesTests.class.getClassLoader()).build();
    runtime = made;
    assertThat(made.shared(Telemetry.class, scope -> Telemetry.of(registry))).isNotNull();
    GovernedMethod method = Desk.method(made);
    BlockingQueue<ShadowResult> results = new LinkedBlockingQueue<>();
    VersionSplit split = split(NEXT).share(Buckets.COUNT).onShadow(results::add);
    Desk.ask(method, "ann", "q");
    Desk.ask(method, "ann", "q");
    split.share(0).shadow(Buckets.COUNT);
    Desk.ask(method, "ann", "q");
    assertThat(results.poll(20, TimeUnit.SECONDS)).isNotNull();

    assertThat(requests(registry, "1.0")).isEqualTo(1);
    assertThat(requests(registry, "2.0")).isEqualTo(2);
    assertThat(requests(registry, "2.0-shadow")).isEqualTo(1);
  }

  private static double requests(SimpleMeterRegistry registry, String version) {
    return registry
        .get("gild.agent.requests")
        .tag("agent", "desk")
        .tag("version", version)
        .tag("result", "success")
        .functionCounter()
        .count();
  }
}
