package io.gild.coordination;

import io.gild.coordination.QueueEntry.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The messages of one subscription. Used under the engine's lock alone. */
final class SubscriptionQueue {

  private final String name;
  private final String pattern;
  private final KeyWindow finished;
  private final TreeMap<Long, QueueEntry> all = new TreeMap<>();
  private final TreeMap<Long, QueueEntry> ready = new TreeMap<>();
  private final NavigableSet<QueueEntry> timed = new TreeSet<>();
  private final Map<String, Deque<QueueEntry>> lanes = new HashMap<>();
  private final List<QueueMember> members = new ArrayList<>();
  private int reserved;
  private int running;
  private int next;

  SubscriptionQueue(String name, String pattern, KeyWindow finished) {
    this.name = name;
    this.pattern = pattern;
    this.finished = finished;
  }

  String name() {
    return name;
  }

  String pattern() {
    return pattern;
  }

  boolean matches(String topic) {
    return Topics.matches(pattern, topic);
  }

  KeyWindow finished() {
    return finished;
  }

  List<QueueMember> members() {
    return members;
  }

  Collection<QueueEntry> entries() {
    return all.values();
  }

  /** Returns how many messages it has, those included that are being accepted. */
  int size() {
    return all.size() + reserved;
  }

  void reserve(int messages) {
    reserved += messages;
  }

  @Nullable QueueEntry find(long number) {
    return all.get(number);
  }

  void add(QueueEntry entry) {
    all.put(entry.message.number(), entry);
    String lane = entry.message.lane();
    if (lane == null) {
      makeReady(entry);
      return;
    }
    Deque<QueueEntry> queue = lanes.computeIfAbsent(lane, absent -> new ArrayDeque<>());
    queue.add(entry);
    if (queue.peek() == entry) {
      makeReady(entry);
    }
  }

  private void makeReady(QueueEntry entry) {
    change(entry, State.WAITING);
    ready.put(entry.message.number(), entry);
  }

  private void change(QueueEntry entry, State next) {
    boolean before = entry.isRunning();
    entry.state = next;
    running += (entry.isRunning() ? 1 : 0) - (before ? 1 : 0);
  }

  /** Returns how many messages are with consumers. */
  int running() {
    return running;
  }

  /** Returns the next message for a delivery, or null. */
  @Nullable QueueEntry next() {
    Map.Entry<Long, QueueEntry> first = ready.firstEntry();
    return first == null ? null : first.getValue();
  }

  boolean isReady(QueueEntry entry) {
    return ready.get(entry.message.number()) == entry;
  }

  /** Takes a message that is ready for a delivery. */
  void start(QueueEntry entry) {
    ready.remove(entry.message.number());
    change(entry, State.STARTING);
    entry.deliveries++;
  }

  /** Undoes {@link #start}. */
  void giveBack(QueueEntry entry) {
    entry.deliveries--;
    makeReady(entry);
  }

  /** Lets a message wait for a time: that of its next delivery, or the end of the present one. */
  void time(QueueEntry entry, State state, long dueNanos) {
    leave(entry);
    change(entry, state);
    entry.dueNanos = dueNanos;
    timed.add(entry);
  }

  private void leave(QueueEntry entry) {
    if (entry.isTimed()) {
      timed.remove(entry);
    }
    ready.remove(entry.message.number());
  }

  /** Removes a message; returns false if it has left before. */
  boolean finish(QueueEntry entry) {
    if (all.get(entry.message.number()) != entry) {
      return false;
    }
    all.remove(entry.message.number());
    leave(entry);
    change(entry, State.GONE);
    String lane = entry.message.lane();
    if (lane != null) {
      advance(lane, entry);
    }
    return true;
  }

  private void advance(String lane, QueueEntry gone) {
    Deque<QueueEntry> queue = lanes.get(lane);
    if (queue == null) {
      return;
    }
    boolean first = queue.peek() == gone;
    queue.remove(gone);
    QueueEntry following = queue.peek();
    if (following == null) {
      lanes.remove(lane);
    } else if (first) {
      makeReady(following);
    }
  }

  /** Makes the messages ready whose time has come. */
  void wake(long nowNanos) {
    while (!timed.isEmpty() && timed.first().dueNanos - nowNanos <= 0) {
      QueueEntry entry = timed.first();
      timed.remove(entry);
      makeReady(entry);
    }
  }

  /** Returns the next time at which {@link #wake} is needed. */
  @Nullable Long nextNanos() {
    return timed.isEmpty() ? null : timed.first().dueNanos;
  }

  /** Returns a consumer with a free handler, in turn. */
  @Nullable QueueMember freeMember() {
    for (int i = 0; i < members.size(); i++) {
      QueueMember member = members.get((next + i) % members.size());
      if (member.free > 0) {
        next = (next + i + 1) % members.size();
        return member;
      }
    }
    return null;
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }
}
