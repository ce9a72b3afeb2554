package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.A2aMessage;
import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.coordination.Broker;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.Redelivery;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.CallRefused;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.orchestration.Orchestrator;
import io.gild.orchestration.Workflow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A runtime with every module, in which much goes wrong, and which is scraped. */
final class FaultyRuntime implements AutoCloseable {

  private static final String YAML =
      """
      mode: enforce
      observability: {prometheus-port: %d, semconv: both}
      ledger: {enabled: true, store: in-process}
      budget-accounts: {store: in-process}
      budgets:
        tiny: {limit: 0.0001, period: 1d}
      tiers:
        local: {model: "qwen3:8b", max-complexity: 0.1, endpoint: "http://127.0.0.1:9"}
        small: {model: gpt-4o-mini, max-complexity: 0.9}
        large: {model: gpt-4o}
      agents:
        - agent: support
          retry: {max-attempts: 3, wait-duration: 1ms}
          circuit-breaker: {minimum-number-of-calls: 3, sliding-window-size: 3}
          bulkhead: {max-concurrent-calls: 5}
          rate-limit: {limit-for-period: 1000}
          fallback: {answer: sorry}
        - agent: routed
          route: {strategy: complexity}
        - agent: cached
          cache: {ttl: 1h, semantic: true}
        - agent: poor
          cost: {budget: tiny}
      """;

  private final GildRuntime runtime;
  private final int port;

  /** Open until the end: the number of its runs is read while it lives. */
  private final Orchestrator orchestrator;

  private FaultyRuntime(GildRuntime runtime, int port) {
    this.orchestrator = Orchestrator.of(runtime);
    this.runtime = runtime;
    this.port = port;
  }

  static FaultyRuntime start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return new FaultyRuntime(
        GildRuntime.builder()
            .settings(Settings.builder().yaml("gild.yaml", YAML.formatted(port)).build())
            .discover(FaultyRuntime.class.getClassLoader())
            .build(),
        port);
  }

  GildRuntime runtime() {
    return runtime;
  }

  /** Returns host and port of the scrape endpoint. */
  String target() {
    return "127.0.0.1:" + port;
  }

  void makeFaults() {
    GovernedMethod support = method(CallKind.AGENT, "support", "answer");
    GovernedMethod chat = method(CallKind.CHAT, "support", "chat");
    GovernedMethod embed = method(CallKind.EMBEDDINGS, "support", "embed");
    GovernedMethod tool = method(CallKind.TOOL, "desk", "refund");
    GovernedMethod desk = method(CallKind.AGENT, "desk", "answer");
    desk.call(
        null,
        arguments -> {
          chat.call(null, same -> streamed(), "request");
          embed.call(null, same -> answered(), "request");
          return tool.call(null, same -> "done", "request");
        },
        "question");
    for (int i = 0; i < 2; i++) { // the second time, the breaker is open
      support.call(
          null,
          arguments -> {
            AgentCall.current().detail().recordProvider("openai");
            AgentCall.current().httpAttempt("POST", "api.openai.com", 443).ended(429);
            throw new IOException("429 too many requests");
          },
          "question");
    }
    method(CallKind.AGENT, "routed", "answer").call(null, arguments -> answered(), "question");
    GovernedMethod cached = method(CallKind.AGENT, "cached", "answer");
    for (int i = 0; i < 3; i++) {
      cached.call(null, arguments -> answered(), "the same question");
    }
    GovernedMethod poor = method(CallKind.AGENT, "poor", "answer");
    for (int i = 0; i < 2; i++) { // the second time, its budget is spent
      try {
        poor.call(null, arguments -> answered(), "question");
      } catch (CallRefused exhausted) {
        assertThat(exhausted).hasMessageContaining("tiny");
      }
    }
  }

  void deliverMessages() throws InterruptedException {
    Broker broker = Broker.of(runtime);
    CountDownLatch delivered = new CountDownLatch(3);
    Redelivery twice = Redelivery.DEFAULT.withMaxDeliveries(2);
    broker.subscribe(
        broker.subscription("desk", "desk.*").withRedelivery(twice),
        delivery -> {
          delivered.countDown();
          if (delivery.envelope().topic().endsWith("bad")) {
            throw new IllegalStateException("cannot be handled");
          }
        });
    broker.publish(message("desk.good"));
    broker.publish(message("desk.bad"));
    delivered.await();
    while (broker.deadLetters().list().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private static Envelope message(String topic) {
    return Envelope.builder(topic, Intent.PUBLISH, A2aMessage.ofUser("hello")).build();
  }

  private GovernedMethod method(CallKind kind, String agent, String name) {
    return runtime.method(
        new MethodSpec(
            kind,
            agent,
            "",
            "com.acme.Desk",
            name,
            "(Ljava/lang/String;)Ljava/lang/String;",
            List.of(new Parameter("question", "java.lang.String", Role.PROMPT)),
            Effect.NONE,
            PolicyTree.empty()));
  }

  private static Object answered() {
    AgentCall call = AgentCall.current();
    call.detail().recordProvider("openai");
    call.recordUsage("gpt-4o-mini", Usage.of(1_000, 200));
    return "answer";
  }

  private static Object streamed() {
    AgentCall.current().delivered();
    AgentCall.current().detail().recordFinishReason("stop");
    return answered();
  }

  void runWorkflow() {
    Workflow<String, String> workflow =
        Workflow.<String>named("triage").<String>step("read", text -> text + "!").build();
    assertThat(orchestrator.start(workflow, "hello").result().join()).isEqualTo("hello!");
  }

  @Override
  public void close() {
    orchestrator.close();
    runtime.close();
  }
}
