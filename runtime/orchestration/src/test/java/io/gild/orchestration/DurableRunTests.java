package io.gild.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableRunTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  enum Tone {
    DRY
  }

  record Notes(String topic, List<String> facts, Map<String, Integer> counts, Tone tone) {}

  record Draft(Notes notes, BigDecimal price, Optional<Instant> at, long size, double score) {}

  private Orchestrator orchestrator() {
    return Orchestrator.builder().folder(folder.resolve("runs")).build();
  }

  @Test
  void goesOnAfterTheLastFinishedStep() throws Exception {
    AtomicInteger researched = new AtomicInteger();
    AtomicBoolean down = new AtomicBoolean(true);
    CountDownLatch writing = new CountDownLatch(1);
    Workflow<String, Draft> article =
        Workflow.<String>named("article")
            .step(
                "research",
                topic -> {
                  researched.incrementAndGet();
                  return new Notes(topic, List.of("a", "b"), Map.of("x", 1), Tone.DRY);
                })
            .step(
                "write",
                notes -> {
                  if (down.get()) {
                    writing.countDown();
                    new CountDownLatch(1).await();
                  }
                  return new Draft(
                      notes, new BigDecimal("1.50"), Optional.of(Instant.EPOCH), 1L << 40, 0.1);
                })
            .build();
    String id;
    try (Orchestrator first = orchestrator()) {
      id = first.start(article, "sails").id();
      assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
    }
    down.set(false);
    try (Orchestrator second = orchestrator().register(article)) {
      List<WorkflowRun<?>> resumed = second.resume();
      assertThat(resumed).extracting(WorkflowRun::id).containsExactly(id);
      Object draft = resumed.get(0).await(SOON);
      assertThat(draft)
          .isEqualTo(
              new Draft(
                  new Notes("sails", List.of("a", "b"), Map.of("x", 1), Tone.DRY),
                  new BigDecimal("1.50"),
                  Optional.of(Instant.EPOCH),
                  1L << 40,
                  0.1));
    }
    assertThat(researched).hasValue(1);
    try (Orchestrator third = orchestrator().register(article)) {
      assertThat(third.resume()).isEmpty();
      assertThat(third.find(id).orElseThrow().state()).isEqualTo(RunState.COMPLETED);
      assertThat(third.resume(id).await(SOON)).isInstanceOf(Draft.class);
    }
  }

  @Test
  void namesTheVersionThatARunNeeds() throws Exception {
    Workflow<String, String> old = Workflow.<String>named("w").approval("ok", x -> "?").build();
    String id;
    try (Orchestrator first = orchestrator()) {
      id = first.start(old, "x").id();
    }
    Workflow<String, String> changed =
        Workflow.<String>named("w").version("2").step("s", x -> x).build();
    try (Orchestrator second = orchestrator().register(changed)) {
      assertThat(second.resume()).isEmpty();
      assertThatThrownBy(() -> second.resume(id)).hasMessageContaining("w 1 is not registered");
    }
  }

  @Test
  void keepsADecisionThatWasAskedForBeforeTheRestart() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w").approval("ok", x -> "Go?").step("s", x -> x + "!").build();
    String id;
    try (Orchestrator first = orchestrator()) {
      id = first.start(workflow, "x").id();
      awaitState(first, id, RunState.WAITING);
    }
    new RunFolder(folder.resolve("runs"))
        .request(id, RunRequests.decide(null, Decision.approve("ann"), Instant.now()));
    try (Orchestrator second = orchestrator().register(workflow)) {
      WorkflowRun<?> run = second.resume(id);
      assertThat(run.await(SOON)).isEqualTo("x!");
    }
  }

  private static void awaitState(Orchestrator orchestrator, String id, RunState state) {
    long end = System.nanoTime() + SOON.toNanos();
    while (orchestrator.find(id).orElseThrow().state() != state) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void appliesTheRequestOfAnotherProcessOnce() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w").approval("a", x -> "A?").approval("b", x -> "B?").build();
    RunFolder files = new RunFolder(folder.resolve("runs"));
    try (Orchestrator orchestrator = orchestrator()) {
      String id = orchestrator.start(workflow, "x").id();
      awaitState(orchestrator, id, RunState.WAITING);
      files.request(id, RunRequests.decide(null, Decision.approve("ann"), Instant.now()));
      long end = System.nanoTime() + SOON.toNanos();
      while (!"B?".equals(orchestrator.find(id).orElseThrow().question())) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.onSpinWait();
      }
      files.request(id, RunRequests.cancel("enough", Instant.now()));
      awaitState(orchestrator, id, RunState.CANCELED);
      assertThat(orchestrator.find(id).orElseThrow().error()).isEqualTo("enough");
    }
  }

  @Test
  void beginsAFailedRunAgainAtTheStepThatFailed() throws Exception {
    AtomicInteger first = new AtomicInteger();
    AtomicBoolean broken = new AtomicBoolean(true);
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .step("first", x -> x + first.incrementAndGet())
            .step(
                "second",
                x -> {
                  if (broken.get()) {
                    throw new IOException("disk");
                  }
                  return x + "!";
                })
            .build();
    try (Orchestrator orchestrator = orchestrator()) {
      WorkflowRun<String> run = orchestrator.start(workflow, "x");
      assertThatThrownBy(() -> run.await(SOON)).isInstanceOf(StepFailed.class);
      broken.set(false);
      assertThat(orchestrator.resume(run.id()).await(SOON)).isEqualTo("x1!");
    }
  }

  @Test
  void doesNotResumeARunThatWasCompensated() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .step("first", x -> x, step -> step.compensate((in, out) -> {}))
            .<String>step(
                "second",
                x -> {
                  throw new IOException("disk");
                })
            .build();
    try (Orchestrator orchestrator = orchestrator()) {
      WorkflowRun<String> run = orchestrator.start(workflow, "x");
      assertThatThrownBy(() -> run.await(SOON)).isInstanceOf(StepFailed.class);
      assertThatThrownBy(() -> orchestrator.resume(run.id())).hasMessageContaining("compensated");
    }
  }

  @Test
  void refusesARunThatAnotherOrchestratorExecutes() {
    Workflow<String, String> workflow =
        Workflow.<String>named("w").approval("ok", x -> "?").build();
    try (Orchestrator one = orchestrator();
        Orchestrator two = orchestrator()) {
      one.start(workflow, "x", RunOptions.id("r"));
      assertThatThrownBy(() -> two.start(workflow, "x", RunOptions.id("r")))
          .hasMessageContaining("another orchestrator executes run r");
    }
  }

  @Test
  void namesAValueThatCannotBeRecorded() throws Exception {
    Workflow<String, Object> workflow =
        Workflow.<String>named("w").<Object>step("s", x -> List.of(new Thread())).build();
    try (Orchestrator orchestrator = orchestrator()) {
      WorkflowRun<Object> run = orchestrator.start(workflow, "x");
      assertThatThrownBy(() -> run.await(SOON))
          .hasMessageContaining("the value[0] is a java.lang.Thread");
      assertThatThrownBy(() -> orchestrator.start(workflow(), new Object()))
          .hasMessageContaining("java.lang.Object");
    }
  }

  private static Workflow<Object, Object> workflow() {
    return Workflow.step("w", x -> x);
  }

  @Test
  void countsTheSameBranchesAfterARestart() throws Exception {
    AtomicBoolean slow = new AtomicBoolean(true);
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .<String, String>parallel(
                "race",
                List.of(
                    Workflow.step(
                        "a",
                        x -> {
                          if (slow.get()) {
                            new CountDownLatch(1).await();
                          }
                          return "a";
                        }),
                    Workflow.step("b", x -> "b")),
                1,
                results -> results.get(0))
            .approval("ok", x -> "?")
            .build();
    String id;
    try (Orchestrator first = orchestrator()) {
      id = first.start(workflow, "x").id();
      awaitState(first, id, RunState.WAITING);
    }
    slow.set(false);
    try (Orchestrator second = orchestrator().register(workflow)) {
      WorkflowRun<?> run = second.resume(id);
      awaitState(second, id, RunState.WAITING);
      run.decide(Decision.approve("ann"));
      assertThat(run.await(SOON)).isEqualTo("b");
    }
  }

  @Test
  void goesOnBehindALineThatWasCutOff() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w").step("a", x -> x + "a").approval("ok", x -> "?").build();
    try (Orchestrator first = orchestrator()) {
      awaitState(first, first.start(workflow, "x", RunOptions.id("r")).id(), RunState.WAITING);
    }
    Path journal = folder.resolve("runs/r.run.jsonl");
    Files.writeString(journal, "{\"type\":\"fini", StandardOpenOption.APPEND);
    try (Orchestrator second = orchestrator().register(workflow)) {
      second.resume("r");
      awaitState(second, "r", RunState.WAITING);
    }
    try (Orchestrator third = orchestrator().register(workflow)) {
      WorkflowRun<?> run = third.resume("r");
      awaitState(third, "r", RunState.WAITING);
      run.decide(Decision.approve("ann"));
      assertThat(run.await(SOON)).isEqualTo("xa");
    }
  }

  @Test
  void startsARunWhoseJvmWasKilledBeforeItsFirstLine() throws Exception {
    Files.createDirectories(folder.resolve("runs"));
    Files.writeString(folder.resolve("runs/r.run.jsonl"), "{\"type\":\"star");
    try (Orchestrator orchestrator = orchestrator()) {
      WorkflowRun<String> run =
          orchestrator.start(Workflow.step("w", x -> x + "!"), "x", RunOptions.id("r"));
      assertThat(run.await(SOON)).isEqualTo("x!");
    }
  }

  @Test
  void namesALineThatDoesNotFit() throws Exception {
    Workflow<String, String> workflow = Workflow.step("w", x -> x);
    try (Orchestrator orchestrator = orchestrator()) {
      orchestrator.start(workflow, "x", RunOptions.id("r")).await(SOON);
      Path journal = folder.resolve("runs/r.run.jsonl");
      Files.writeString(
          journal,
          "{\"type\":\"effected\",\"at\":\"2026-01-01T00:00:00Z\",\"path\":\"w\",\"effect\":7}\n",
          StandardOpenOption.APPEND);
      assertThatThrownBy(() -> orchestrator.find("r")).hasMessageContaining("r.run.jsonl, line ");
    }
  }

  @Test
  void keepsItsFilesToTheirOwner() throws Exception {
    try (Orchestrator orchestrator = orchestrator()) {
      orchestrator.start(Workflow.step("w", x -> x), "secret").await(SOON);
    }
    try (var files = Files.walk(folder.resolve("runs"))) {
      for (Path file : files.toList()) {
        assertThat(Files.getPosixFilePermissions(file))
            .doesNotContain(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
      }
    }
  }

  @Test
  void deletesRunsThatWereOverLongAgo() throws Exception {
    Workflow<String, String> workflow = Workflow.step("w", x -> x);
    try (Orchestrator orchestrator = orchestrator()) {
      orchestrator.start(workflow, "x", RunOptions.id("old")).await(SOON);
    }
    RunFolder files = new RunFolder(folder.resolve("runs"));
    assertThat(files.exists("old")).isTrue();
    try (Orchestrator orchestrator =
        Orchestrator.builder().folder(folder.resolve("runs")).keep(Duration.ZERO).build()) {
      long end = System.nanoTime() + SOON.toNanos();
      while (files.exists("old")) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(5);
      }
      assertThat(orchestrator.find("old")).isEmpty();
    }
  }
}
