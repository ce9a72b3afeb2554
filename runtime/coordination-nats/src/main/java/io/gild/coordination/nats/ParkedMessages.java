package io.gild.coordination.nats;

import io.nats.client.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a consumer that came before it was their turn in their lane. They are kept here,
 * because giving one back would count as a delivery. Thread-safe.
 */
final class ParkedMessages {

  private final NatsNames names;
  private final KeyOrder order;
  private final long extendNanos;
  private final Map<Long, Parked> parked = new LinkedHashMap<>();

  private static final class Parked {
    private final Message message;
    private final String lane;
    private long extendedNanos = System.nanoTime();

    Parked(Message message, String lane) {
      this.message = message;
      this.lane = lane;
    }
  }

  ParkedMessages(NatsNames names, KeyOrder order, Duration ackWait) {
    this.names = names;
    this.order = order;
    this.extendNanos = ackWait.toNanos() / 3;
  }

  /** Keeps a message of a lane until it is its turn; returns false for a message of no lane. */
  synchronized boolean park(Message message) {
    String lane = names.lane(message.getSubject());
    if (lane != null) {
      parked.put(message.metaData().streamSequence(), new Parked(message, lane));
    }
    return lane != null;
  }

  /** Takes a message whose turn it is, or returns null. */
  @Nullable Message next() {
    for (Parked each : firstOfEachLane()) {
      if (order.isFirst(each.lane, each.message.metaData().streamSequence())) {
        synchronized (this) {
          if (parked.remove(each.message.metaData().streamSequence(), each)) {
            return each.message;
          }
        }
      }
    }
    return null;
  }

  private synchronized List<Parked> firstOfEachLane() {
    Map<String, Parked> first = new LinkedHashMap<>();
    for (Parked each : parked.values()) {
      Parked known = first.get(each.lane);
      if (known == null
          || each.message.metaData().streamSequence() < known.message.metaData().streamSequence()) {
        first.put(each.lane, each);
      }
    }
    return new ArrayList<>(first.values());
  }

  synchronized boolean isEmpty() {
    return parked.isEmpty();
  }

  /** Sends the signs of life that are due. */
  synchronized void extend() {
    long now = System.nanoTime();
    for (Parked each : parked.values()) {
      if (now - each.extendedNanos > extendNanos) {
        each.message.inProgress();
        each.extendedNanos = now;
      }
    }
  }

  /** Gives all back. */
  synchronized void close() {
    for (Iterator<Parked> all = parked.values().iterator(); all.hasNext(); ) {
      all.next().message.nak();
      all.remove();
    }
  }
}
