package io.gild.orchestration;

import io.gild.a2a.A2aMessage;
import io.gild.config.Experimental;
import io.gild.coordination.ActiveSubscription;
import io.gild.coordination.Broker;
import io.gild.coordination.Delivery;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.Subscription.Effects;
import io.gild.coordination.Topics;
import io.gild.core.TraceHeaders;
import io.gild.core.WorkTraces;
import io.gild.core.spi.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An agent that bids for the tasks of a topic and works on those that it is awarded; the other side
 * of {@link BrokerPeers}, in the same JVM or, if the broker's engine allows, in another one.
 * Thread-safe.
 *
 * <p>Peers of the same topic and name are one peer: each task, and each request to stop, is
 * delivered to one of them. A peer whose JVM ends while it works gets the task again when it is
 * back, unless the time for the work is over. {@link PeerTask#key()} is the same then.
 */
@Experimental
public final class BrokerPeer implements AutoCloseable {

  private static final int BIDDERS = 4;

  /** Bids for tasks; runs on several threads. */
  @FunctionalInterface
  public interface Bidder {

    /**
     * Bids for a task.
     *
     * @param task the task
     * @return the bid, or {@code null} if the peer does not want it
     * @throws Exception if it cannot bid; the same as no bid, but the asking side logs it
     */
    @Nullable Bid bid(PeerTask task) throws Exception;
  }

  /** Works on tasks; runs on as many threads as the peer was given. */
  @FunctionalInterface
  public interface Work {

    /**
     * Works on a task.
     *
     * @param task the task
     * @return the result
     * @throws InterruptedException if it was canceled
     * @throws Exception if it failed; the next best peer is awarded the task
     */
    A2aMessage work(PeerTask task) throws Exception;
  }

  private final Broker broker;
  private final String topic;
  private final String name;
  private final Bidder bidder;
  private final Work work;
  private final Map<String, RunningAward> running = new ConcurrentHashMap<>();
  private final ActiveSubscription announcements;
  private final ActiveSubscription awards;

  private BrokerPeer(
      Broker broker, String topic, String name, int concurrency, Bidder bidder, Work work) {
    this.broker = broker;
    this.topic = Topics.requireName(topic);
    this.name = PeerMessages.requireName(name);
    this.bidder = bidder;
    this.work = work;
    // The awards come first: a bid must not be awarded before they are served.
    awards =
        broker.subscribe(
            broker
                .subscription(
                    PeerMessages.subscription("awards", name, topic),
                    PeerMessages.awards(topic, name))
                .withConcurrency(concurrency)
                .withEffects(Effects.ONCE),
            this::awarded);
    announcements =
        broker.subscribe(
            broker
                .subscription(PeerMessages.subscription("announced", name, topic), topic)
                .withConcurrency(BIDDERS),
            this::announced);
  }

  /**
   * Begins to bid for the tasks of a topic, and to work on one award at a time.
   *
   * @param broker delivers the messages; closes the peer when it is closed
   * @param topic the topic
   * @param name name of the peer: 1 to 40 letters, digits, {@code _} and {@code -}
   * @param bidder bids
   * @param work works
   * @return the peer, to be closed
   */
  public static BrokerPeer join(
      Broker broker, String topic, String name, Bidder bidder, Work work) {
    return join(broker, topic, name, 1, bidder, work);
  }

  /**
   * Begins to bid for the tasks of a topic.
   *
   * @param broker delivers the messages; closes the peer when it is closed
   * @param topic the topic
   * @param name name of the peer: 1 to 40 letters, digits, {@code _} and {@code -}
   * @param concurrency how many tasks it works on at the same time; 1 or more
   * @param bidder bids
   * @param work works
   * @return the peer, to be closed
   */
  public static BrokerPeer join(
      Broker broker, String topic, String name, int concurrency, Bidder bidder, Work work) {
    return new BrokerPeer(broker, topic, name, concurrency, bidder, work);
  }

  /**
   * Returns how many tasks the peer works on, by which a bidder may bid lower.
   *
   * @return zero or more
   */
  public int working() {
    return running.size();
  }

  private void announced(Delivery delivery) {
    Envelope envelope = delivery.envelope();
    if (envelope.intent() == Intent.CANCEL) {
      String award = envelope.correlationId();
      RunningAward known = award == null ? null : running.get(award);
      if (known != null) {
        known.cancel();
      }
    } else if (envelope.intent() == Intent.ANNOUNCE
        && envelope.replyTo() != null
        && PeerMessages.isFor(envelope, name, Clock.SYSTEM.now())) {
      within(envelope, () -> bid(delivery));
    }
  }

  private void bid(Delivery delivery) {
    try {
      Bid bid = bidder.bid(PeerMessages.task(delivery.envelope()));
      if (bid == null) {
        delivery.reply(Intent.REJECT, A2aMessage.ofAgent(name + " does not bid"));
      } else {
        delivery.reply(Intent.BID, PeerMessages.bid(new PeerBid(name, bid)));
      }
    } catch (Exception failure) {
      restoreInterrupt(failure);
      delivery.reply(Intent.ERROR, A2aMessage.ofAgent(name + ": " + failure));
    }
  }

  private static void restoreInterrupt(Exception failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  private void awarded(Delivery delivery) throws InterruptedException {
    Envelope envelope = delivery.envelope();
    if (envelope.intent() != Intent.AWARD || envelope.replyTo() == null) {
      delivery.reject("a peer expects an award with a reply-to, but got " + envelope);
      return;
    }
    RunningAward award = new RunningAward(Thread.currentThread());
    running.put(envelope.id(), award);
    try {
      within(envelope, () -> award.run(() -> work.work(PeerMessages.task(envelope)), name));
    } finally {
      running.remove(envelope.id());
    }
    award.answer(delivery);
  }

  /** A broker of a runtime has continued the context already, with a span of its own. */
  private static void within(Envelope envelope, Runnable work) {
    if (!WorkTraces.ofApplication().context().isEmpty()) {
      work.run();
      return;
    }
    TraceHeaders.within(name -> PeerMessages.header(envelope, name), work);
  }

  /**
   * Stops bidding and waits for nothing: work that runs ends by itself or with the broker. The
   * subscriptions of the peer stay, so that it gets the awards that it missed when it joins again.
   */
  @Override
  public void close() {
    announcements.close();
    awards.close();
  }

  /**
   * Closes a peer that will not join again, and ends its subscriptions in all JVMs. Awards that it
   * has not handled are moved to the dead letters.
   */
  public void leave() {
    close();
    broker.unsubscribe(announcements.subscription().name());
    broker.unsubscribe(awards.subscription().name());
  }

  @Override
  public String toString() {
    return "peer " + name + " of " + topic;
  }
}
