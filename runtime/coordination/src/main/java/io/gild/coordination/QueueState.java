package io.gild.coordination;

import io.gild.config.Json;
import io.gild.core.spi.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All messages and subscriptions of an engine. Used under the engine's lock alone. */
final class QueueState {

  private final BrokerLimits limits;
  private final Clock clock;
  private final Map<String, SubscriptionQueue> queues = new LinkedHashMap<>();
  private final KeyWindow seen;
  private final Map<Long, Integer> holders = new HashMap<>();
  private final TreeMap<Long, Accepted> accepting = new TreeMap<>();
  private final Map<QueueEntry, SubscriptionQueue> suspects = new LinkedHashMap<>();
  private long nextNumber = 1;
  private long bytes;

  /** A message that is being recorded, with its queues. */
  record Accepted(QueuedMessage message, List<SubscriptionQueue> targets) {

    List<String> names() {
      return targets.stream().map(SubscriptionQueue::name).toList();
    }
  }

  QueueState(BrokerLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.seen = new KeyWindow(limits.duplicateWindow(), limits.maxKeys());
  }

  Map<String, SubscriptionQueue> queues() {
    return queues;
  }

  SubscriptionQueue addQueue(String name, String pattern) {
    KeyWindow finished = new KeyWindow(limits.finishedWindow(), limits.maxKeys());
    SubscriptionQueue queue = new SubscriptionQueue(name, pattern, finished);
    queues.put(name, queue);
    return queue;
  }

  KeyWindow seen() {
    return seen;
  }

  List<SubscriptionQueue> targets(String topic) {
    List<SubscriptionQueue> targets = new ArrayList<>();
    for (SubscriptionQueue queue : queues.values()) {
      if (queue.matches(topic)) {
        targets.add(queue);
      }
    }
    return targets;
  }

  long nextNumber() {
    return nextNumber++;
  }

  /** Returns why a message has no room, or null. */
  @Nullable String refusal(List<SubscriptionQueue> targets, long more) {
    for (SubscriptionQueue queue : targets) {
      if (queue.size() >= limits.maxPending()) {
        return "The subscription %s has %d messages that are not handled, and may have %d (max-pending): add consumers, or publish more slowly"
            .formatted(queue.name(), queue.size(), limits.maxPending());
      }
    }
    if (bytes + more > limits.maxPendingBytes()) {
      return "The broker holds %d bytes of messages that are not handled, and may hold %d (max-pending-bytes): add consumers, or publish more slowly"
          .formatted(bytes, limits.maxPendingBytes());
    }
    return null;
  }

  /** Reserves the room of a message that is being recorded. */
  Accepted reserve(QueuedMessage message, List<SubscriptionQueue> targets) {
    Accepted accepted = new Accepted(message, targets);
    accepting.put(message.number(), accepted);
    seen.add(message.key(), message.at());
    bytes += message.bytes();
    targets.forEach(queue -> queue.reserve(1));
    return accepted;
  }

  /** Undoes {@link #reserve}. */
  void cancel(Accepted accepted) {
    accepting.remove(accepted.message().number());
    seen.remove(accepted.message().key());
    bytes -= accepted.message().bytes();
    accepted.targets().forEach(queue -> queue.reserve(-1));
  }

  /** Puts a recorded message into its queues; returns those that were removed meanwhile. */
  List<SubscriptionQueue> enter(Accepted accepted) {
    QueuedMessage message = accepted.message();
    accepting.remove(message.number());
    List<SubscriptionQueue> removed = new ArrayList<>();
    for (SubscriptionQueue queue : accepted.targets()) {
      queue.reserve(-1);
      if (queues.get(queue.name()) == queue) {
        queue.add(new QueueEntry(message));
        holders.merge(message.number(), 1, Integer::sum);
      } else {
        removed.add(queue);
      }
    }
    if (removed.size() == accepted.targets().size()) {
      bytes -= message.bytes();
    }
    return removed;
  }

  /** Removes a message from a queue; returns false if it has left before. */
  boolean finish(SubscriptionQueue queue, QueueEntry entry) {
    if (!queue.finish(entry)) {
      return false;
    }
    suspects.remove(entry);
    Integer left = holders.computeIfPresent(entry.message.number(), (number, count) -> count - 1);
    if (left != null && left <= 0) {
      holders.remove(entry.message.number());
      bytes -= entry.message.bytes();
    }
    return true;
  }

  /** Puts a message back that has left a queue. */
  void restore(SubscriptionQueue queue, QueueEntry entry) {
    if (queues.get(queue.name()) == queue) {
      queue.add(entry);
      if (holders.merge(entry.message.number(), 1, Integer::sum) == 1) {
        bytes += entry.message.bytes();
      }
    }
  }

  /** Messages that were with consumers when the JVM died, and not for the first time. */
  Map<QueueEntry, SubscriptionQueue> suspects() {
    return suspects;
  }

  /** Returns how many messages are with consumers. */
  int running() {
    return queues.values().stream().mapToInt(SubscriptionQueue::running).sum();
  }

  long bytes() {
    return bytes;
  }

  /** Continues the numbers of a log. */
  void continueAt(long number) {
    nextNumber = Math.max(nextNumber, number);
  }

  /** Returns the lines of a log that leads to this state. */
  List<String> snapshot() {
    List<String> lines = new ArrayList<>();
    lines.add(LogLines.header(nextNumber));
    queues.values().forEach(queue -> lines.add(LogLines.subscribed(queue.name(), queue.pattern())));
    TreeMap<Long, Accepted> live = new TreeMap<>(accepting);
    for (SubscriptionQueue queue : queues.values()) {
      for (QueueEntry entry : queue.entries()) {
        live.computeIfAbsent(
                entry.message.number(), absent -> new Accepted(entry.message, new ArrayList<>()))
            .targets()
            .add(queue);
      }
    }
    live.values()
        .forEach(each -> lines.add(Json.write(LogLines.accepted(each.message(), each.names()))));
    queues.values().forEach(queue -> deliveries(queue, lines));
    lines.add(LogLines.keys(LogLines.SEEN, true, seen));
    queues
        .values()
        .forEach(
            queue -> lines.add(LogLines.keys(LogLines.FINISHED, queue.name(), queue.finished())));
    return lines;
  }

  private void deliveries(SubscriptionQueue queue, List<String> lines) {
    for (QueueEntry entry : queue.entries()) {
      if (entry.deliveries > 0 && (entry.uncertain || entry.state == QueueEntry.State.STARTING)) {
        lines.add(LogLines.delivered(entry, queue.name()));
      } else if (entry.deliveries > 0) {
        long wait = entry.state == QueueEntry.State.DELAYED ? entry.dueNanos - clock.nanoTime() : 0;
        lines.add(LogLines.retried(entry, queue.name(), clock.now().plusNanos(Math.max(0, wait))));
      }
    }
  }
}
