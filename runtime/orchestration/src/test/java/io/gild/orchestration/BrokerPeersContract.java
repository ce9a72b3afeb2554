package io.gild.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aMessage;
import io.gild.annotations.Pipeline;
import io.gild.annotations.WorkflowInterface;
import io.gild.annotations.WorkflowStep;
import io.gild.config.PolicyTree;
import io.gild.config.Usage;
import io.gild.coordination.Broker;
import io.gild.coordination.EmbeddedEngine;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.MethodSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bids over a broker, with each embedded engine. */
abstract class BrokerPeersContract {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String TOPIC = "tasks.translate";

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private Broker broker;

  abstract EmbeddedEngine engine();

  @BeforeEach
  void open() {
    broker = Broker.builder(engine()).closeTimeout(Duration.ofMillis(100)).build();
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private BrokerPeer join(String name, double score) {
    return BrokerPeer.join(
        broker,
        TOPIC,
        name,
        task -> Bid.of(score),
        task -> {
          seen.add(name);
          return A2aMessage.ofAgent(task.text() + " by " + name);
        });
  }

  private BrokerPeer joinBroken(String name, double score) {
    return BrokerPeer.join(
        broker,
        TOPIC,
        name,
        task -> Bid.of(score),
        task -> {
          seen.add(name);
          throw new IllegalStateException("no dictionary");
        });
  }

  private BrokerPeers peers(int enough) {
    return BrokerPeers.of(broker, TOPIC)
        .withBidTime(SOON)
        .withWorkTime(SOON)
        .withEnoughBids(enough);
  }

  @Test
  void awardsTheBestBidAndTheNextIfThatFails() throws Exception {
    join("good", 2);
    joinBroken("best", 3);
    join("poor", 1);
    PeerResult result = peers(3).award(PeerTask.of("hello"));
    assertThat(result.peer()).isEqualTo("good");
    assertThat(result.text()).isEqualTo("hello by good");
    assertThat(seen).containsExactly("best", "good");
  }

  @Test
  void ordersBidsAndLeavesOutThoseThatDoNotBid() throws Exception {
    join("good", 2);
    join("best", 3);
    BrokerPeer.join(broker, TOPIC, "idle", task -> null, task -> A2aMessage.ofAgent(""));
    BrokerPeer.join(
        broker,
        TOPIC,
        "broken",
        task -> {
          throw new IllegalStateException("no bid");
        },
        task -> A2aMessage.ofAgent(""));
    assertThat(peers(4).bids(PeerTask.of("x")))
        .containsExactly(new PeerBid("best", Bid.of(3)), new PeerBid("good", Bid.of(2)));
  }

  @Test
  void collectsBidsUntilTheirTimeIsOver() throws Exception {
    join("good", 2);
    assertThat(peers(2).withBidTime(Duration.ofSeconds(2)).award(PeerTask.of("x")).peer())
        .isEqualTo("good");
  }

  @Test
  void namesWhyNoPeerSucceeded() {
    assertThatThrownBy(() -> peers(1).award(PeerTask.of("x")))
        .isInstanceOf(OrchestrationException.class)
        .hasMessageContaining("no peer of tasks.translate made a bid");
    joinBroken("one", 1);
    joinBroken("two", 2);
    assertThatThrownBy(() -> peers(2).award(PeerTask.of("x")))
        .hasMessageContaining("two: error: java.lang.IllegalStateException: no dictionary; one: ");
  }

  @Test
  void stopsAPeerThatIsTooSlowAndAwardsTheNext() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    BrokerPeer.join(
        broker,
        TOPIC,
        "slow",
        task -> Bid.of(9),
        task -> {
          try {
            new CountDownLatch(1).await();
            return A2aMessage.ofAgent("never");
          } catch (InterruptedException e) {
            stopped.countDown();
            throw e;
          }
        });
    join("fast", 1);
    PeerResult result = peers(2).withWorkTime(Duration.ofSeconds(2)).award(PeerTask.of("x"));
    assertThat(result.peer()).isEqualTo("fast");
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void forgetsAPeerThatLeft() throws Exception {
    join("good", 2).leave();
    assertThat(peers(1).bids(PeerTask.of("x"))).isEmpty();
    assertThat(broker.unsubscribe(PeerMessages.subscription("awards", "good", TOPIC))).isFalse();
  }

  @Test
  void isAStepOfAWorkflowWhoseBudgetPaysForThePeer() throws Exception {
    MethodSpec model =
        new MethodSpec(
            CallKind.TOOL,
            "peer",
            "",
            "com.acme.Peer",
            "spend",
            "()Ljava/lang/Object;",
            List.of(),
            Effect.NONE,
            PolicyTree.empty());
    BrokerPeer.join(
        broker,
        TOPIC,
        "paid",
        task -> Bid.of(1),
        task -> {
          GildRuntime.global()
              .method(model)
              .call(
                  null,
                  arguments -> {
                    AgentCall.current().detail().recordUsage("m", Usage.of(7, 3), 2_000_000);
                    return null;
                  });
          return A2aMessage.ofAgent(task.text() + " for " + task.tenant() + " as " + task.key());
        });
    try (Orchestrator orchestrator = Orchestrator.builder().build()) {
      Workflow<String, String> workflow =
          Workflow.<String>named("letter").stepWithContext("translate", peers(1).asStep()).build();
      WorkflowRun<String> run =
          orchestrator.start(workflow, "hello", RunOptions.id("r1").tenant("acme"));
      assertThat(run.await(SOON)).isEqualTo("hello for acme as r1/translate");
      assertThat(run.record().cost()).isEqualByComparingTo(new BigDecimal("0.002"));
      assertThat(run.record().tokens()).isEqualTo(10);
    }
  }

  @Test
  void bidsAsPartsOfAWorkflow() throws Exception {
    join("good", 2);
    joinBroken("best", 3);
    try (Orchestrator orchestrator = Orchestrator.builder().build()) {
      Workflow<String, String> workflow =
          Workflow.<String>named("letter")
              .bids("translate", peers(1).peers(List.of("good", "best")))
              .build();
      WorkflowRun<String> run = orchestrator.start(workflow, "hello");
      assertThat(run.await(SOON)).isEqualTo("hello by good");
      assertThat(run.record().steps())
          .extracting(StepRecord::path, StepRecord::state)
          .contains(
              org.assertj.core.groups.Tuple.tuple("translate/best/best", StepRecord.State.FAILED),
              org.assertj.core.groups.Tuple.tuple(
                  "translate/good/good", StepRecord.State.FINISHED));
    }
  }

  @WorkflowInterface
  interface LetterFlow {
    @Pipeline(@WorkflowStep(name = "translate", topic = TOPIC))
    String translate(String text);
  }

  @Test
  void bidsForADeclaredStep() {
    join("good", 2);
    try (Orchestrator orchestrator = Orchestrator.builder().build()) {
      LetterFlow flow = Workflows.of(LetterFlow.class).peers(peers(1)).on(orchestrator).build();
      assertThat(flow.translate("hello")).isEqualTo("hello by good");
      assertThatThrownBy(() -> Workflows.of(LetterFlow.class).on(orchestrator).build())
          .hasMessageContaining("add peers(BrokerPeers.of(broker, \"tasks.translate\"))");
    }
  }

  @Test
  void stopsThePeerOfACanceledRun() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    BrokerPeer peer =
        BrokerPeer.join(
            broker,
            TOPIC,
            "slow",
            task -> Bid.of(9),
            task -> {
              working.countDown();
              try {
                new CountDownLatch(1).await();
                return A2aMessage.ofAgent("never");
              } finally {
                stopped.countDown();
              }
            });
    try (Orchestrator orchestrator = Orchestrator.builder().build()) {
      WorkflowRun<String> run =
          orchestrator.start(
              Workflow.<String>named("letter")
                  .stepWithContext("translate", peers(1).asStep())
                  .build(),
              "hello");
      assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(peer.working()).isEqualTo(1);
      run.cancel("enough");
      assertThatThrownBy(() -> run.await(SOON)).isInstanceOf(RunCanceled.class);
      assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void rejectsNamesThatNoTopicMayHave() {
    assertThatThrownBy(() -> join("a.b", 1)).hasMessageContaining("a.b");
    assertThatThrownBy(() -> BrokerPeers.of(broker, "tasks.>")).hasMessageContaining("tasks.>");
  }
}
