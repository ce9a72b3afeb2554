package com.acme.newsroom;

import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentSkill;
import io.gild.a2a.client.A2aClient;
import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aExchange;
import io.gild.a2a.server.A2aServer;
import io.gild.config.Json;
import io.gild.coordination.Broker;
import io.gild.coordination.Delivery;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.core.GildRuntime;
import io.gild.orchestration.Orchestrator;
import io.gild.orchestration.RunOptions;
import io.gild.orchestration.Workflow;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Takes assignments by A2A, keeps each as a message until its article is done, and lets the other
 * agents work on it: {@code Coordinator PORT FOLDER RESEARCHER WRITER REVIEWER}.
 */
public final class Coordinator {

  static final String DEAD_LETTERS = "dead-letters";

  private static final String TOPIC = "newsroom.assignments";
  private static final Duration LONGEST_RUN = Duration.ofMinutes(2);

  private final Broker broker;
  private final Orchestrator orchestrator;
  private final Workflow<String, Article> workflow;
  private final Path deliveries;

  private Coordinator(Path folder, Broker broker, Workflow<String, Article> workflow) {
    this.broker = broker;
    this.orchestrator = Orchestrator.builder().folder(folder.resolve("runs")).build();
    this.workflow = workflow;
    this.deliveries = folder.resolve("deliveries.jsonl");
    orchestrator.register(workflow);
  }

  public static void main(String[] args) throws Exception {
    AutoConfiguredOpenTelemetrySdk.initialize(); // as the variables OTEL_* say
    Path folder = Path.of(args[1]);
    Workflow<String, Article> workflow =
        Newsroom.workflow(
            client("research", args[2]), client("writer", args[3]), client("reviewer", args[4]));
    Coordinator coordinator = new Coordinator(folder, Broker.of(GildRuntime.global()), workflow);
    coordinator.broker.subscribe(
        coordinator.broker.subscription("desk", TOPIC).withConcurrency(2), coordinator::work);
    AgentCard card =
        AgentCard.builder("coordinator", "Has articles written.")
            .version("1.0")
            .skills(
                AgentSkill.of("assign", "assign", "Takes the topic of an article", "articles"),
                AgentSkill.of(
                    DEAD_LETTERS, DEAD_LETTERS, "Counts what could not be done", "operations"))
            .build();
    A2aServer server =
        A2aServer.builder()
            .port(Integer.parseInt(args[0]))
            .agent(A2aAgent.of("coordinator", card, coordinator::answer))
            .start();
    System.out.println("ready " + server.port());
    new CountDownLatch(1).await();
  }

  private static A2aClient client(String name, String url) {
    return A2aClient.builder(url).name(name).usage().build();
  }

  private void answer(A2aExchange exchange) {
    if (DEAD_LETTERS.equals(exchange.metadata().get("skill"))) {
      exchange.complete(A2aMessage.ofAgent(String.valueOf(broker.deadLetters().list().size())));
    } else {
      assign(exchange);
    }
  }

  /** The client is told that the assignment is accepted when the broker has stored it. */
  private void assign(A2aExchange exchange) {
    Envelope message =
        Envelope.builder(TOPIC, Intent.DELEGATE, exchange.message())
            .id(exchange.message().messageId())
            .build();
    broker.publish(message);
    exchange.complete(A2aMessage.ofAgent("accepted " + exchange.message().messageId()));
  }

  /** The message is delivered again if this JVM is killed; its run then goes on. */
  private void work(Delivery delivery) throws Exception {
    Envelope message = delivery.envelope();
    String topic = ((A2aPart.Text) message.message().parts().get(0)).text();
    note(message.id(), delivery.number());
    Article article =
        orchestrator.start(workflow, topic, RunOptions.id(message.id())).await(LONGEST_RUN);
    System.out.println("article " + article.score());
  }

  private synchronized void note(String id, int delivery) throws IOException {
    Files.writeString(
        deliveries,
        Json.write(Map.of("id", id, "delivery", delivery)) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
