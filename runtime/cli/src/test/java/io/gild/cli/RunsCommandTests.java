package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.orchestration.Orchestrator;
import io.gild.orchestration.RunOptions;
import io.gild.orchestration.RunState;
import io.gild.orchestration.StepFailed;
import io.gild.orchestration.Workflow;
import io.gild.orchestration.WorkflowRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunsCommandTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private String out = "";
  private String err = "";

  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final Workflow<String, String> asking =
      Workflow.<String>named("asking")
          .step("write", text -> "secret " + text)
          .approval("publish", text -> "Publish it?")
          .build();
  private final Workflow<String, String> fragile =
      Workflow.<String>named("fragile")
          .step(
              "work",
              text -> {
                if (broken.get()) {
                  throw new IOException("the disk is full");
                }
                return text;
              })
          .build();

  private int run(String... words) {
    StringWriter written = new StringWriter();
    StringWriter failed = new StringWriter();
    CommandLine line =
        new CommandLine(new RunsCommand())
            .setOut(new PrintWriter(written))
            .setErr(new PrintWriter(failed));
    String[] whole =
        Stream.concat(Stream.of(words), Stream.of("--folder", folder.resolve("runs").toString()))
            .toArray(String[]::new);
    int status = line.execute(whole);
    out = written.toString();
    err = failed.toString();
    return status;
  }

  private Orchestrator orchestrator() {
    return Orchestrator.builder().folder(folder.resolve("runs")).build();
  }

  private static void await(WorkflowRun<?> run, RunState state) throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    while (run.record().state() != state) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(5);
    }
  }

  @Test
  void listsAndShowsRunsWithoutWhatUsersSaid() throws Exception {
    assertThat(run("list")).isZero();
    assertThat(out).contains("No run.");
    try (Orchestrator orchestrator = orchestrator()) {
      WorkflowRun<String> waiting = orchestrator.start(asking, "hello", RunOptions.id("w1"));
      await(waiting, RunState.WAITING);
      assertThat(run("list")).isZero();
      assertThat(out).contains("w1").contains("asking 1").contains("waiting");
      assertThat(run("show", "w1")).isZero();
      assertThat(out)
          .contains("waiting, executed by a JVM")
          .contains("waits for: Publish it?")
          .contains("write")
          .doesNotContain("secret");
      Path page = folder.resolve("run.html");
      assertThat(run("show", "w1", "--values", "--html", page.toString())).isZero();
      assertThat(out).contains("\"write\": \"secret hello\"");
      assertThat(Files.readString(page)).contains("<svg").doesNotContain("secret");
    }
    assertThat(run("show", "w1")).isZero();
    assertThat(out).doesNotContain("executed by a JVM");
  }

  @Test
  void approvesRejectsAndCancelsRunsOfAnotherOrchestrator() throws Exception {
    try (Orchestrator orchestrator = orchestrator()) {
      Map<String, WorkflowRun<String>> runs = new HashMap<>();
      for (String id : List.of("a", "b", "c")) {
        runs.put(id, orchestrator.start(asking, id, RunOptions.id(id)));
        await(runs.get(id), RunState.WAITING);
      }
      assertThat(run("approve", "a", "--by", "ann")).isZero();
      assertThat(out).containsPattern("Run a is (running|completed)\\.");
      assertThat(run("reject", "b", "--by", "ann", "--comment", "too long")).isZero();
      assertThat(out).containsPattern("Run b is (running|failed)\\.");
      await(runs.get("a"), RunState.COMPLETED);
      await(runs.get("b"), RunState.FAILED);
      assertThat(run("show", "b")).isZero();
      assertThat(out).contains("error: step publish failed: ann rejected it: too long");
      assertThat(run("cancel", "c", "--reason", "enough")).isZero();
      assertThat(out).contains("Run c is canceled.");
      assertThat(run("approve", "a")).isEqualTo(1);
      assertThat(err).contains("run a is over; it is COMPLETED");
    }
  }

  @Test
  void keepsARequestForTheNextJvm() throws Exception {
    try (Orchestrator orchestrator = orchestrator()) {
      await(orchestrator.start(asking, "x", RunOptions.id("x")), RunState.WAITING);
    }
    assertThat(run("approve", "x", "--by", "ann")).isZero();
    assertThat(out).contains("No JVM has taken it yet");
    try (Orchestrator orchestrator = orchestrator().register(asking)) {
      assertThat(orchestrator.resume("x").await(SOON)).isEqualTo("secret x");
    }
  }

  @Test
  void resumesAFailedRunInTheApplicationThatKnowsItsWorkflow() throws Exception {
    try (Orchestrator orchestrator = orchestrator()) {
      WorkflowRun<String> run = orchestrator.start(fragile, "x", RunOptions.id("f"));
      assertThatThrownBy(() -> run.await(SOON)).isInstanceOf(StepFailed.class);
      broken.set(false);
      assertThat(run("resume", "f")).isZero();
      assertThat(out).contains("Run f is ");
      await(orchestrator.resume("f"), RunState.COMPLETED);
    }
  }

  @Test
  void namesAnUnknownRun() {
    assertThat(run("show", "none")).isEqualTo(1);
    assertThat(err).contains("there is no run none");
    assertThat(run("cancel", "../x")).isEqualTo(1);
    assertThat(err).contains("\"../x\"");
  }
}
