package io.gild.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.AgentCard;
import io.gild.a2a.ReportedUsage;
import io.gild.a2a.client.A2aClient;
import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aExchange;
import io.gild.a2a.server.A2aServer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class A2aStepTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final CountDownLatch working = new CountDownLatch(1);
  private final CountDownLatch canceled = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger handled = new AtomicInteger();
  private A2aServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        A2aServer.builder()
            .agent(A2aAgent.of("desk", AgentCard.builder("desk", "d").build(), this::answer))
            .start();
  }

  @AfterEach
  void stop() {
    go.countDown();
    server.close();
  }

  private void answer(A2aExchange exchange) throws Exception {
    String text = ((A2aPart.Text) exchange.message().parts().get(0)).text();
    handled.incrementAndGet();
    exchange.working();
    if (text.equals("wait")) {
      exchange.onCancel(canceled::countDown);
      working.countDown();
      go.await();
    }
    if (text.equals("break")) {
      exchange.fail(A2aMessage.ofAgent("no paper"));
      return;
    }
    exchange.artifact(
        new A2aArtifact(
            "result",
            null,
            null,
            List.of(A2aPart.text("answer to " + text)),
            Map.of(ReportedUsage.URI, new ReportedUsage(2_000_000, 10, 5, 1).toJson()),
            List.of(ReportedUsage.URI)));
    exchange.complete(null);
  }

  private Workflow<String, String> workflow() {
    return Workflow.<String>named("remote")
        .stepWithContext("ask", A2aStep.asking(A2aClient.builder(server.url()).usage().build()))
        .build();
  }

  @Test
  void countsWhatTheAgentSpent() throws Exception {
    try (Orchestrator orchestrator = Orchestrator.builder().build()) {
      WorkflowRun<String> run = orchestrator.start(workflow(), "me");
      assertThat(run.await(SOON)).isEqualTo("answer to me");
      assertThat(run.record().cost()).isEqualByComparingTo(new BigDecimal("0.002"));
      assertThat(run.record().tokens()).isEqualTo(15);
    }
  }

  @Test
  void failsWithTheReasonOfTheAgent() {
    try (Orchestrator orchestrator = Orchestrator.builder().build()) {
      WorkflowRun<String> run = orchestrator.start(workflow(), "break");
      assertThatThrownBy(() -> run.await(SOON)).hasMessageContaining("no paper");
    }
  }

  @Test
  void cancelsTheTaskOfTheAgent() throws Exception {
    try (Orchestrator orchestrator = Orchestrator.builder().build()) {
      WorkflowRun<String> run = orchestrator.start(workflow(), "wait");
      assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
      run.cancel("enough");
      assertThatThrownBy(() -> run.await(SOON)).isInstanceOf(RunCanceled.class);
      assertThat(canceled.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void goesOnWithTheSameTaskAfterARestart() throws Exception {
    String id;
    try (Orchestrator first = Orchestrator.builder().folder(folder).build()) {
      id = first.start(workflow(), "wait").id();
      assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
    }
    go.countDown();
    try (Orchestrator second = Orchestrator.builder().folder(folder).build().register(workflow())) {
      assertThat(second.resume(id).await(SOON)).isEqualTo("answer to wait");
    }
    assertThat(handled).hasValue(1);
  }
}
