package io.gild.integration;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.AgentCapabilities;
import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentSkill;
import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aExchange;
import io.gild.a2a.server.A2aLimits;
import io.gild.a2a.server.A2aPushRules;
import io.gild.a2a.server.A2aServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An agent whose behaviour the beginning of a message's id chooses, for conformance suites of A2A.
 *
 * <p>Message ids may repeat, as those of suites do; pushes may go to this machine.
 */
final class ConformanceAgent {

  private static final Duration JOINABLE = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(4);
  private static final String RESUBSCRIBED = "test-resubscribe-message-id";

  /** What an id begins with, the longest first where one contains another. */
  private static final Map<String, Behaviour> BEHAVIOURS = behaviours();

  private interface Behaviour {
    void answer(A2aExchange exchange) throws InterruptedException;
  }

  private ConformanceAgent() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 1) {
      System.err.println("usage: ConformanceAgent PORT");
      System.exit(2);
    }
    A2aServer server = start(Integer.parseInt(arguments[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println("ready");
    Thread.currentThread().join();
  }

  static A2aServer start(int port) {
    AgentCard card =
        AgentCard.builder("Conformance agent", "Answers as conformance suites of A2A expect.")
            .capabilities(AgentCapabilities.streaming(true).pushNotifications(true))
            .inputModes("text/plain", "application/json")
            .outputModes("text/plain", "application/json")
            .skills(AgentSkill.of("answer", "Answer", "Answers by the id of the message.", "test"))
            .build();
    return A2aServer.builder()
        .port(port)
        .agent(A2aAgent.of("conformance", card, ConformanceAgent::answer))
        .limits(A2aLimits.ofDefaults().withRepeatWindow(Duration.ZERO))
        .cardsForOldClients(false)
        .push(A2aPushRules.ofDefaults(true))
        .start();
  }

  private static void answer(A2aExchange exchange) throws InterruptedException {
    String id = exchange.message().messageId();
    for (Map.Entry<String, Behaviour> behaviour : BEHAVIOURS.entrySet()) {
      if (id.startsWith(behaviour.getKey())) {
        behaviour.getValue().answer(exchange);
        return;
      }
    }
    exchange.complete(A2aMessage.ofAgent("Hello from TCK"));
  }

  private static Map<String, Behaviour> behaviours() {
    Map<String, Behaviour> all = new LinkedHashMap<>();
    all.put("tck-artifact-text", with(A2aPart.text("Generated text content")));
    all.put(
        "tck-artifact-file-url",
        with(A2aPart.url("https://example.com/output.txt", "output.txt", "text/plain")));
    all.put("tck-artifact-file", with(file()));
    all.put("tck-artifact-data", with(A2aPart.data(data())));
    all.put(
        "tck-message-response",
        exchange -> exchange.reply(A2aMessage.ofAgent("Direct message response")));
    all.put("tck-input-required", exchange -> exchange.requireInput(null));
    all.put("tck-reject-task", exchange -> exchange.reject(A2aMessage.ofAgent("rejected")));
    all.put("tck-stream-001", streaming(A2aPart.text("Stream hello from TCK")));
    all.put("tck-stream-002", exchange -> exchange.complete(null));
    all.put("tck-stream-003", streaming(A2aPart.text("Stream task lifecycle")));
    all.put("tck-stream-ordering-001", ConformanceAgent::ordered);
    all.put("tck-stream-artifact-text", streaming(A2aPart.text("Streamed text content")));
    all.put("tck-stream-artifact-file", streaming(file()));
    all.put("tck-stream-artifact-chunked", ConformanceAgent::chunked);
    all.put(RESUBSCRIBED, ConformanceAgent::slow);
    return all;
  }

  private static Behaviour with(A2aPart part) {
    return exchange -> {
      exchange.artifact(A2aArtifact.of(part));
      exchange.complete(null);
    };
  }

  private static Behaviour streaming(A2aPart part) {
    return exchange -> {
      exchange.working();
      exchange.artifact(A2aArtifact.of(part));
      exchange.complete(null);
    };
  }

  private static void ordered(A2aExchange exchange) throws InterruptedException {
    exchange.working();
    Thread.sleep(JOINABLE.toMillis());
    exchange.artifact(A2aArtifact.of(A2aPart.text("Ordered output")));
    Thread.sleep(JOINABLE.toMillis());
    exchange.complete(null);
  }

  private static void chunked(A2aExchange exchange) {
    exchange.working();
    exchange.artifact(A2aArtifact.of("chunks", List.of(A2aPart.text("chunk-1 "))), false, false);
    exchange.artifact(A2aArtifact.of("chunks", List.of(A2aPart.text("chunk-2"))), true, true);
    exchange.complete(null);
  }

  private static void slow(A2aExchange exchange) throws InterruptedException {
    exchange.working();
    Thread.sleep(LONG.toMillis());
    exchange.complete(null);
  }

  private static A2aPart file() {
    byte[] bytes = "Generated file content".getBytes(StandardCharsets.UTF_8);
    return A2aPart.raw(bytes, "output.txt", "text/plain");
  }

  private static Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("key", "value");
    data.put("count", 42L);
    return data;
  }
}
