package io.gild.orchestration;

import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.A2aRole;
import io.gild.a2a.Delegations;
import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.coordination.Broker;
import io.gild.coordination.CoordinationException;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.NoReceiverException;
import io.gild.coordination.RequestTimeoutException;
import io.gild.coordination.Topics;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Gives tasks to the peers that bid best. A task is announced to a topic of the broker; each {@link
 * BrokerPeer} of the topic may bid until the bid time is over; the best one is awarded the task,
 * and the next best if that one fails or does not answer in time. Immutable and thread-safe.
 *
 * <pre>{@code
 * BrokerPeers translators = BrokerPeers.of(broker, "tasks.translate");
 * String text = translators.award(PeerTask.of("Good morning")).text();
 *
 * Workflow<String, String> workflow =
 *     Workflow.<String>named("letter")
 *         .step("write", writer::write)
 *         .stepWithContext("translate", translators.asStep())
 *         .build();
 * }</pre>
 *
 * @see #peer to bid as parts of a workflow, each with its own record
 */
@Experimental
public final class BrokerPeers {

  private final Broker broker;
  private final String topic;
  private final Duration bidTime;
  private final Duration workTime;
  private final int enoughBids;

  private BrokerPeers(
      Broker broker, String topic, Duration bidTime, Duration workTime, int enoughBids) {
    this.broker = broker;
    this.topic = topic;
    this.bidTime = bidTime;
    this.workTime = workTime;
    this.enoughBids = enoughBids;
  }

  /**
   * Returns the peers of a topic, with 2 seconds for bids and 5 minutes for the work.
   *
   * @param broker delivers the messages
   * @param topic the topic
   * @return the peers
   * @throws IllegalArgumentException if it is no topic
   */
  public static BrokerPeers of(Broker broker, String topic) {
    return new BrokerPeers(
        broker,
        Topics.requireName(topic),
        Duration.ofSeconds(2),
        Duration.ofMinutes(5),
        Integer.MAX_VALUE);
  }

  /**
   * Returns the same with another time for bids.
   *
   * @param time how long bids are collected; above zero
   * @return the copy
   */
  public BrokerPeers withBidTime(Duration time) {
    Require.positive(time, "time");
    return new BrokerPeers(broker, topic, time, workTime, enoughBids);
  }

  /**
   * Returns the same with another time for the work.
   *
   * @param time how long each peer may work; above zero. The next best one is awarded after it.
   * @return the copy
   */
  public BrokerPeers withWorkTime(Duration time) {
    Require.positive(time, "time");
    return new BrokerPeers(broker, topic, bidTime, time, enoughBids);
  }

  /**
   * Returns the same that waits for no more bids than some.
   *
   * @param bids the collection ends with so many replies, rejections included; 1 or more
   * @return the copy
   */
  public BrokerPeers withEnoughBids(int bids) {
    Require.atLeast(1, bids, "bids");
    return new BrokerPeers(broker, topic, bidTime, workTime, bids);
  }

  String topic() {
    return topic;
  }

  /**
   * Announces a task, and collects bids.
   *
   * @param task the task
   * @return the bids, the best first; of equal ones that which came first. Empty if no peer runs.
   * @throws CoordinationException if the broker failed
   * @throws InterruptedException if the thread is interrupted
   */
  public List<PeerBid> bids(PeerTask task) throws InterruptedException {
    return bids(task, null, enoughBids);
  }

  private List<PeerBid> bids(PeerTask task, @Nullable String peer, int enough)
      throws InterruptedException {
    Envelope announcement =
        PeerMessages.announcement(topic, task, peer, Clock.SYSTEM.now(), bidTime);
    List<PeerBid> bids = new ArrayList<>();
    try {
      for (Envelope reply : await(broker.collectAsync(announcement, bidTime, enough))) {
        PeerBid bid = PeerMessages.bid(reply);
        if (bid != null) {
          bids.add(bid);
        } else if (reply.intent() == Intent.ERROR) {
          GildLog.infoOnce("A peer of " + topic + " cannot bid: " + reply.message().text());
        }
      }
    } catch (NoReceiverException noPeer) {
      return List.of();
    }
    bids.sort(Comparator.comparingDouble((PeerBid each) -> each.bid().score()).reversed());
    return bids;
  }

  /**
   * Gives a task to the peer that bids best; to the next best one if that fails.
   *
   * @param task the task
   * @return the result of the first peer that succeeded
   * @throws OrchestrationException if no peer made a bid, or all that did failed; with their
   *     reasons
   * @throws InterruptedException if the thread is interrupted; the peer that works is asked to stop
   */
  public PeerResult award(PeerTask task) throws InterruptedException {
    List<String> failures = new ArrayList<>();
    OrchestrationException last = null;
    for (PeerBid bid : bids(task)) {
      try {
        return award(task, bid.peer());
      } catch (OrchestrationException failed) {
        failures.add(bid.peer() + ": " + failed.getMessage());
        last = failed;
      }
    }
    throw new OrchestrationException(
        failures.isEmpty()
            ? "no peer of " + topic + " made a bid within " + bidTime
            : "every peer of " + topic + " that made a bid failed: " + String.join("; ", failures),
        last);
  }

  /**
   * Gives a task to one peer.
   *
   * @param task the task
   * @param peer name of the peer
   * @return its result
   * @throws OrchestrationException if it failed, does not run, or did not answer in time
   * @throws InterruptedException if the thread is interrupted; the peer is asked to stop
   */
  public PeerResult award(PeerTask task, String peer) throws InterruptedException {
    Delegations.require(peer);
    Envelope award = PeerMessages.award(topic, task, peer);
    try {
      Envelope reply = await(broker.requestAsync(award, workTime));
      PeerMessages.recordUsage(peer, reply.message());
      if (reply.intent() != Intent.RESULT) {
        throw new OrchestrationException(reply.intent().wireName() + ": " + reply.message().text());
      }
      return new PeerResult(peer, reply.message());
    } catch (InterruptedException interrupted) {
      cancel(award);
      throw interrupted;
    } catch (RequestTimeoutException late) {
      cancel(award);
      throw new OrchestrationException("it did not answer within " + workTime, late);
    } catch (CoordinationException failed) {
      throw new OrchestrationException(String.valueOf(failed.getMessage()), failed);
    }
  }

  private void cancel(Envelope award) {
    broker.publishAsync(PeerMessages.cancellation(topic, award)); // a failure changes nothing
  }

  private static <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof CoordinationException known) {
        throw known;
      }
      throw new CoordinationException("The broker failed: " + failed.getCause(), failed);
    }
  }

  /**
   * Returns the whole exchange as one step of a workflow: announcement, bids, award and result.
   * After a failure of the JVM it begins anew, with the same {@link PeerTask#key()}.
   *
   * @return takes the text of the task, and returns that of the result
   */
  public StepFunction.WithContext<String, String> asStep() {
    return (text, context) -> award(task(text, context)).text();
  }

  /**
   * Returns a peer for {@link WorkflowBuilder#bids}, which records each bid and each award as a
   * step of its own: a run that goes on after a failure of its JVM asks no peer twice.
   *
   * @param peer name of the {@link BrokerPeer}
   * @return takes the text of the task, and returns that of the result
   */
  public Peer<String, String> peer(String peer) {
    PeerMessages.requireName(peer);
    Workflow<String, String> work =
        Workflow.<String>named(peer)
            .<String>stepWithContext(
                peer, (text, context) -> award(task(text, context), peer).text())
            .build();
    return new Peer<>(text -> bid(text, peer), work);
  }

  /**
   * Returns peers for {@link WorkflowBuilder#bids}.
   *
   * @param names names of the {@link BrokerPeer}s
   * @return the peers by their names
   */
  public Map<String, Peer<String, String>> peers(List<String> names) {
    Map<String, Peer<String, String>> peers = new java.util.LinkedHashMap<>();
    names.forEach(each -> peers.put(each, peer(each)));
    return peers;
  }

  private @Nullable Bid bid(String text, String peer) throws InterruptedException {
    List<PeerBid> bids = bids(PeerTask.of(text), peer, 1);
    return bids.isEmpty() ? null : bids.get(0).bid();
  }

  private static PeerTask task(String text, StepContext context) {
    String key = context.idempotencyKey();
    A2aMessage message =
        new A2aMessage(
            key,
            null,
            null,
            A2aRole.USER,
            List.of(A2aPart.text(text)),
            Map.of(),
            List.of(),
            List.of());
    return new PeerTask(message, key, context.tenant());
  }
}
