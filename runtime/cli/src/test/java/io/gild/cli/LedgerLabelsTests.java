package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.A2aMessage;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.coordination.Broker;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.EmbeddedEngine;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.Subscription;
import io.gild.core.AgentCall;
import io.gild.core.Attribution;
import io.gild.core.CallLabels;
import io.gild.core.CostDimension;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Clock;
import io.gild.evaluation.EvaluationOptions;
import io.gild.evaluation.GoldenExecutor;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.DeclaredAgent.DeclaredMethod;
import io.gild.golden.DeclaredAgent.DeclaredParameter;
import io.gild.golden.GoldenSet;
import io.gild.ledger.CallLedger;
import io.gild.ledger.FolderLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What messages and golden tasks are in the lines of the ledger. */
class LedgerLabelsTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static GildRuntime runtime = GildRuntime.builder().settings(Settings.defaults()).build();

  @TempDir Path data;

  /** An agent with a golden task. */
  public static final class Desk {

    /** Creates a desk. */
    public Desk() {}

    /** Answers with its question. */
    public String answer(String question) {
      return String.valueOf(ask(question));
    }
  }

  @BeforeEach
  void start() {
    runtime.close();
    runtime =
        GildRuntime.builder()
            .settings(
                Settings.builder()
                    .yaml(
                        "gild.yaml",
                        "data: %s\nledger: {enabled: true, ids: {user: plain}}\n".formatted(data))
                    .build())
            .discover(getClass().getClassLoader())
            .build();
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  private static Object ask(String question) {
    GovernedMethod desk =
        runtime.method(MethodSpec.of("desk", "com.acme.Desk", "answer", "()Ljava/lang/String;"));
    return desk.call(
        null,
        arguments -> {
          Objects.requireNonNull(AgentCall.current())
              .recordUsage("gpt-4o-mini", Usage.of(1_000, 100));
          return question;
        });
  }

  private List<Attribution> lines() throws Exception {
    assertThat(CallLedger.of(runtime).flush(SOON)).isTrue();
    List<Attribution> lines = new ArrayList<>();
    new FolderLedger(data.resolve("ledger"), 1 << 20)
        .read(
            null,
            null,
            entry -> lines.add(entry.attribution()),
            problem -> assertThat(problem).isNull());
    return lines;
  }

  @Test
  void haveTheIdOfTheMessageAndTheLabelsOfTheHandler() throws Exception {
    CountDownLatch delivered = new CountDownLatch(1);
    Envelope envelope =
        Envelope.builder("tasks", Intent.PUBLISH, A2aMessage.ofUser("work")).build();
    try (Broker broker =
        Broker.builder(EmbeddedEngine.inProcess(BrokerLimits.DEFAULT, Clock.SYSTEM)).build()) {
      broker.subscribe(
          Subscription.of("work", "tasks"),
          delivery -> {
            CallLabels.of(CostDimension.USER, "ann")
                .and(CostDimension.WORKFLOW, "claims")
                .and(CostDimension.STEP, "triage")
                .run(() -> ask("first"));
            ask("second");
            delivered.countDown();
          });
      broker.publish(envelope);
      assertThat(delivered.await(20, TimeUnit.SECONDS)).isTrue();
    }

    List<Attribution> lines = lines();
    assertThat(lines)
        .extracting(line -> line.get(CostDimension.TASK))
        .containsExactly(envelope.id(), envelope.id());
    assertThat(lines).extracting(line -> line.get(CostDimension.USER)).containsExactly("ann", "");
    assertThat(lines)
        .extracting(line -> line.get(CostDimension.WORKFLOW))
        .containsExactly("claims", "");
    assertThat(lines)
        .extracting(line -> line.get(CostDimension.STEP))
        .containsExactly("triage", "");
  }

  @Test
  void haveTheIdOfTheGoldenTask() throws Exception {
    DeclaredMethod method =
        new DeclaredMethod(
            "answer",
            "(Ljava/lang/String;)Ljava/lang/String;",
            List.of(new DeclaredParameter("question", "java.lang.String", "prompt")),
            List.of(
                Map.of(
                    "id",
                    "opening-hours",
                    "input",
                    List.of("fine"),
                    "expected",
                    "fine",
                    "validator",
                    "contains",
                    "timeout",
                    "30s")));
    GoldenSet set =
        GoldenSet.of(
            new DeclaredAgent("desk", "", "", Desk.class.getName(), null, List.of(method)),
            path -> null);
    GoldenExecutor.builder()
        .options(new EvaluationOptions(1, Duration.ofSeconds(30), 1, 0, 7, Set.of(), false))
        .build()
        .run(List.of(set));

    assertThat(lines())
        .isNotEmpty()
        .extracting(line -> line.get(CostDimension.TASK))
        .containsOnly("opening-hours");
  }
}
