package io.gild.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.core.AgentCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkflowTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Orchestrator orchestrator = Orchestrator.builder().build();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    orchestrator.close();
  }

  private <I, O> O run(Workflow<I, O> workflow, I input) throws Exception {
    return orchestrator.start(workflow, input).await(SOON);
  }

  private static Workflow<String, String> says(String name, String answer) {
    return Workflow.step(name, input -> answer);
  }

  private static Workflow<String, String> fails(String name) {
    return Workflow.step(
        name,
        input -> {
          throw new IllegalStateException(name + " is down");
        });
  }

  @Test
  void passesTheResultOfEachStepToTheNext() throws Exception {
    Workflow<String, Integer> workflow =
        Workflow.<String>named("length")
            .step("trim", String::strip)
            .step("count", String::length)
            .build();
    WorkflowRun<Integer> run = orchestrator.start(workflow, " gold ");
    assertThat(run.await(SOON)).isEqualTo(4);
    assertThat(run.record().state()).isEqualTo(RunState.COMPLETED);
    assertThat(run.record().steps())
        .extracting(StepRecord::path, StepRecord::state, StepRecord::attempts)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("trim", StepRecord.State.FINISHED, 1),
            org.assertj.core.groups.Tuple.tuple("count", StepRecord.State.FINISHED, 1));
  }

  @Test
  void awaitsAResultThatComesLater() throws Exception {
    Workflow<String, CompletableFuture<String>> workflow =
        Workflow.step("later", input -> CompletableFuture.supplyAsync(() -> input + "!"));
    Object result = run(Workflow.<String>named("w").part("p", workflow).build(), "hi");
    assertThat(result).isEqualTo("hi!");
  }

  @Test
  void repeatsAStepByItsRetryPolicy() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    Workflow<String, String> workflow =
        Workflow.<String>named("stubborn")
            .step(
                "try",
                input -> {
                  if (tries.incrementAndGet() < 3) {
                    throw new java.io.IOException("not yet");
                  }
                  return "done";
                },
                step -> step.policy("retry", Map.of("max-attempts", 3, "wait-duration", "1ms")))
            .build();
    WorkflowRun<String> run = orchestrator.start(workflow, "");
    assertThat(run.await(SOON)).isEqualTo("done");
    assertThat(run.record().steps().get(0).attempts()).isEqualTo(3);
  }

  @Test
  void boundsTheTimeOfAStep() {
    Workflow<String, String> workflow =
        Workflow.<String>named("slow")
            .step(
                "wait",
                input -> {
                  new CountDownLatch(1).await();
                  return "never";
                },
                step -> step.timeLimit(Duration.ofMillis(50)))
            .build();
    assertThatThrownBy(() -> run(workflow, "")).isInstanceOf(StepFailed.class);
  }

  @Test
  void rejectsAPolicyThatNoModuleKnows() {
    assertThatThrownBy(() ->
            Workflow.<String>named("w")
                .step("s", String::strip, step -> step.policy("retri", Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("retri")
        .hasMessageContaining("retry");
  }

  @Test
  void answersWithTheFallbackOfAFailedStep() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .<String>step(
                "s",
                input -> {
                  throw new IllegalStateException("down");
                },
                step -> step.fallback(input -> "instead of " + input))
            .build();
    assertThat(run(workflow, "x")).isEqualTo("instead of x");
  }

  @Test
  void joinsBranchesInTheirOrder() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .<String, String>parallel(
                "both",
                List.of(
                    Workflow.step(
                        "slow",
                        input -> {
                          Thread.sleep(30);
                          return "first";
                        }),
                    says("fast", "second")),
                results -> String.join(" ", results))
            .build();
    assertThat(run(workflow, "")).isEqualTo("first second");
  }

  @Test
  void cancelsTheOtherBranchesIfOneFails() {
    CountDownLatch interrupted = new CountDownLatch(1);
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .<String, String>parallel(
                "both",
                List.of(
                    Workflow.step(
                        "endless",
                        input -> {
                          try {
                            new CountDownLatch(1).await();
                          } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                          }
                          return "";
                        }),
                    fails("broken")),
                results -> "")
            .build();
    assertThatThrownBy(() -> run(workflow, ""))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("broken is down");
    assertThat(interrupted.getCount()).isZero();
  }

  @Test
  void takesTheFastestOfSeveralBranches() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .<String, String>parallel(
                "race",
                List.of(
                    Workflow.step(
                        "endless",
                        input -> {
                          new CountDownLatch(1).await();
                          return "";
                        }),
                    fails("broken"),
                    says("fast", "won")),
                1,
                results -> results.get(0))
            .build();
    assertThat(run(workflow, "")).isEqualTo("won");
  }

  @Test
  void decidesByMajorityWithoutTheVotersThatFailed() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .vote(
                "verdict",
                List.of(says("a", "yes"), says("b", "no"), says("c", "yes"), fails("d")),
                Votes.<String>majority(answer -> answer))
            .build();
    assertThat(run(workflow, "")).isEqualTo("yes");
  }

  @Test
  void failsAVoteWithoutMajority() {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .vote(
                "verdict",
                List.of(says("a", "yes"), says("b", "no")),
                Votes.<String>majority(answer -> answer))
            .build();
    assertThatThrownBy(() -> run(workflow, "")).hasMessageContaining("did not agree: [yes, no]");
  }

  @Test
  void repeatsWorkUntilItIsAccepted() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .repeat(
                "revise", 5, Workflow.step("write", text -> text + "x"), text -> text.length() == 3)
            .build();
    WorkflowRun<String> run = orchestrator.start(workflow, "");
    assertThat(run.await(SOON)).isEqualTo("xxx");
    assertThat(run.record().steps())
        .extracting(StepRecord::path)
        .containsExactly("revise[1]/write", "revise[2]/write", "revise[3]/write");
  }

  @Test
  void failsWorkThatIsNeverAccepted() {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .repeat("revise", 2, Workflow.step("write", text -> text), text -> false)
            .build();
    assertThatThrownBy(() -> run(workflow, "")).hasMessageContaining("2 rounds");
  }

  @Test
  void runsTheChosenWorkflow() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .<String>choose(
                "route", text -> text, Map.of("a", says("a", "took a"), "b", says("b", "took b")))
            .build();
    assertThat(run(workflow, "b")).isEqualTo("took b");
    assertThatThrownBy(() -> run(workflow, "c")).hasMessageContaining("\"c\"");
  }

  @Test
  void delegatesUntilTheSupervisorFinishes() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .supervise(
                "desk",
                5,
                String.class,
                state ->
                    switch (state.done().size()) {
                      case 0 -> Supervision.delegate("broken", state.task());
                      case 1 -> Supervision.delegate("nobody", state.task());
                      case 2 -> Supervision.delegate("upper", state.task());
                      default ->
                          Supervision.finish(
                              state.done().get(2).result()
                                  + " after "
                                  + state.done().get(0).error()
                                  + " and "
                                  + state.done().get(1).error());
                    },
                List.of(
                    new SupervisedWorker(
                        "upper",
                        "Writes capitals",
                        Workflow.step("up", (String t) -> t.toUpperCase(java.util.Locale.ROOT))),
                    new SupervisedWorker("broken", "Is down", fails("broken"))))
            .build();
    assertThat(run(workflow, "gold"))
        .startsWith("GOLD after ")
        .contains("broken is down")
        .contains("no worker nobody");
  }

  @Test
  void endsASupervisorThatDelegatesForever() {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .supervise(
                "desk",
                3,
                String.class,
                state -> Supervision.delegate("a", "x"),
                List.of(new SupervisedWorker("a", "", says("a", ""))))
            .build();
    assertThatThrownBy(() -> run(workflow, "")).hasMessageContaining("3 delegations");
  }

  @Test
  void handsAConversationOver() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .handOff(
                "talk",
                "triage",
                4,
                String.class,
                Map.of(
                    "triage", Workflow.step("t", input -> HandOff.to("billing", input + ">")),
                    "billing", Workflow.step("b", input -> HandOff.done(input + "done"))))
            .build();
    assertThat(run(workflow, "bill")).isEqualTo("bill>done");
  }

  @Test
  void endsAConversationThatGoesInCircles() {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .handOff(
                "talk",
                "a",
                6,
                String.class,
                Map.of(
                    "a", Workflow.step("a", input -> HandOff.to("b", input)),
                    "b", Workflow.step("b", input -> HandOff.to("a", input))))
            .build();
    assertThatThrownBy(() -> run(workflow, "")).hasMessageContaining("6 turns");
  }

  @Test
  void awardsTheBestBidAndTheNextIfThatFails() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .bids(
                "repair",
                Map.of(
                    "cheap", new Peer<String, String>(task -> Bid.of(3), says("cheap", "by cheap")),
                    "best", new Peer<String, String>(task -> Bid.of(9), fails("best")),
                    "busy", new Peer<String, String>(task -> null, says("busy", "by busy")),
                    "silent",
                        new Peer<String, String>(
                            task -> {
                              throw new IllegalStateException("no bid");
                            },
                            says("silent", "by silent"))))
            .build();
    assertThat(run(workflow, "")).isEqualTo("by cheap");
  }

  @Test
  void undoesFinishedStepsInReverseOrder() {
    Workflow<String, String> workflow =
        Workflow.<String>named("trip")
            .step(
                "flight", input -> "F1", step -> step.compensate((in, out) -> seen.add("-" + out)))
            .step(
                "hotel",
                input -> "H1",
                step ->
                    step.compensate((in, out) -> {
                      seen.add("-" + out);
                      throw new IllegalStateException("hotel is closed");
                    }))
            .step("car", input -> "C1", step -> step.compensate((in, out) -> seen.add("-" + out)))
            .<String>step(
                "pay",
                input -> {
                  throw new IllegalStateException("no money");
                })
            .build();
    WorkflowRun<String> run = orchestrator.start(workflow, "x");
    assertThatThrownBy(() -> run.await(SOON))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("no money");
    assertThat(seen).containsExactly("-C1", "-H1", "-F1");
    assertThat(run.record().state()).isEqualTo(RunState.FAILED);
    assertThat(run.record().error()).contains("no money").contains("not compensated: hotel");
    assertThat(run.record().steps())
        .extracting(StepRecord::state)
        .containsExactly(
            StepRecord.State.COMPENSATED,
            StepRecord.State.NOT_COMPENSATED,
            StepRecord.State.COMPENSATED,
            StepRecord.State.FAILED);
  }

  @Test
  void cancelsEveryStepAndUndoesTheFinishedOnes() throws Exception {
    CountDownLatch running = new CountDownLatch(2);
    CountDownLatch told = new CountDownLatch(1);
    Workflow<String, String> endless =
        Workflow.<String>named("endless")
            .<String>stepWithContext(
                "e",
                (input, context) -> {
                  context.onCancel(told::countDown);
                  running.countDown();
                  new CountDownLatch(1).await();
                  return "";
                })
            .build();
    Workflow<String, String> other = Workflow.<String>named("other").part("o", endless).build();
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .step("first", input -> "1", step -> step.compensate((in, out) -> seen.add("undone")))
            .<String, String>parallel("both", List.of(endless, other), results -> "")
            .build();
    WorkflowRun<String> run = orchestrator.start(workflow, "");
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    run.cancel("not needed");
    assertThatThrownBy(() -> run.await(SOON))
        .isInstanceOf(RunCanceled.class)
        .hasMessageContaining("not needed");
    assertThat(told.getCount()).isZero();
    assertThat(seen).containsExactly("undone");
    assertThat(run.record().state()).isEqualTo(RunState.CANCELED);
  }

  @Test
  void waitsForApprovalWithoutAThread() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .step(
                "write",
                input -> {
                  seen.add("written");
                  return "draft";
                })
            .approval("ok", draft -> "Publish " + draft + "?")
            .step("publish", draft -> draft + " published")
            .build();
    WorkflowRun<String> run = orchestrator.start(workflow, "");
    assertThatThrownBy(() -> run.await(Duration.ofMillis(300)))
        .isInstanceOf(TimeoutException.class);
    assertThat(run.record().state()).isEqualTo(RunState.WAITING);
    assertThat(run.record().question()).isEqualTo("Publish draft?");
    assertThat(run.decide(Decision.approve("ann"))).isTrue();
    assertThat(run.await(SOON)).isEqualTo("draft published");
    assertThat(seen).containsExactly("written");
    assertThat(run.decide(Decision.approve("ann"))).isFalse();
  }

  @Test
  void failsIfAPersonRejects() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("w").approval("ok", draft -> "Publish?").build();
    WorkflowRun<String> run = orchestrator.start(workflow, "");
    while (!run.decide(Decision.reject("ann", "too long"))) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> run.await(SOON)).hasMessageContaining("ann rejected it: too long");
  }

  @Test
  void cancelsARunThatTakesTooLong() {
    Workflow<String, String> workflow =
        Workflow.<String>named("w")
            .approval("ok", draft -> "Publish?")
            .timeLimit(Duration.ofMillis(100))
            .build();
    assertThatThrownBy(() -> run(workflow, ""))
        .isInstanceOf(RunCanceled.class)
        .hasMessageContaining("time limit");
  }

  @Test
  void startsTheSameNameOnce() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    Workflow<String, Integer> workflow =
        Workflow.step(
            "count",
            input -> {
              go.await();
              return runs.incrementAndGet();
            });
    WorkflowRun<Integer> first = orchestrator.start(workflow, "", RunOptions.id("order-1"));
    WorkflowRun<Integer> second = orchestrator.start(workflow, "", RunOptions.id("order-1"));
    go.countDown();
    assertThat(first.await(SOON)).isEqualTo(1);
    assertThat(second.await(SOON)).isEqualTo(1);
    assertThatThrownBy(() -> RunOptions.id("../x")).hasMessageContaining("../x");
  }

  @Test
  void rejectsTwoStepsOfOneName() {
    assertThatThrownBy(() -> Workflow.<String>named("w").step("a", x -> x).step("a", x -> x))
        .hasMessageContaining("two of the step a");
  }

  @Test
  void governsASharedPartByTheNameOfEachWorkflow() throws Exception {
    Workflow<String, String> part = Workflow.step("s", text -> agentOfTheCall());
    for (String name : List.of("one", "two")) {
      assertThat(run(Workflow.<String>named(name).part("p", part).build(), "")).isEqualTo(name);
    }
  }

  private static String agentOfTheCall() {
    AgentCall call = java.util.Objects.requireNonNull(AgentCall.current());
    return call.method().spec().agent();
  }

  @Test
  void keepsNoRunThatIsOver() throws Exception {
    run(says("w", "x"), "");
    long end = System.nanoTime() + SOON.toNanos();
    while (!orchestrator.active().isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(orchestrator.active()).isEmpty();
  }
}
