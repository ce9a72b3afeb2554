package io.gild.coordination;

import io.gild.coordination.QueueEntry.State;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lock of an engine, and what happens after each change: messages are given to consumers, and
 * calls of others' code are made without the lock.
 */
final class QueueDispatcher {

  private static final long FAILURE_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MANUAL_CLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();
  private final Clock clock;
  private final QueueState state;
  private final DeadLetterBook letters;
  private final Set<SubscriptionQueue> changed = new LinkedHashSet<>();
  private List<Runnable> calls = new ArrayList<>();
  private QueueLog log = QueueLog.NONE;
  private @Nullable Long wakeNanos;
  private boolean closed;

  QueueDispatcher(QueueState state, Clock clock, DeadLetterBook letters) {
    this.state = state;
    this.clock = clock;
    this.letters = letters;
  }

  /** Begins; all messages of the state are delivered from now on. */
  void start(QueueLog recorder) {
    log = recorder;
    Thread timer = new Thread(null, this::runTimers, "gild-broker-timer", 0, false);
    timer.setContextClassLoader(null);
    timer.setDaemon(true);
    timer.start();
  }

  Clock clock() {
    return clock;
  }

  DeadLetterBook letters() {
    return letters;
  }

  /** The state; used inside of {@link #change} alone. */
  QueueState state() {
    return state;
  }

  /** The log; used inside of {@link #change} alone. */
  QueueLog log() {
    return log;
  }

  /** Changes the state under the lock, and does what follows from it. */
  void change(Runnable action) {
    lock.lock();
    try {
      action.run();
      dispatch();
      compact();
    } finally {
      lock.unlock();
    }
    makeCalls();
  }

  /** Reads the state under the lock, and does nothing else. */
  <T> T read(Function<QueueState, T> reader) {
    lock.lock();
    try {
      return reader.apply(state);
    } finally {
      lock.unlock();
    }
  }

  /** Makes a call when the lock is free. Called inside of {@link #change}. */
  void later(Runnable call) {
    calls.add(call);
  }

  /** Notes that a queue may have something to deliver. Called inside of {@link #change}. */
  void touch(SubscriptionQueue queue) {
    changed.add(queue);
  }

  /** Lets a message wait. Called inside of {@link #change}. */
  void time(SubscriptionQueue queue, QueueEntry entry, State waiting, long nanos) {
    long due = clock.nanoTime() + nanos;
    queue.time(entry, waiting, due);
    if (wakeNanos == null || due - wakeNanos < 0) {
      wakeNanos = due;
      earlier.signal();
    }
  }

  /** Puts an accepted message into its queues. Called inside of {@link #change}. */
  void enter(QueueState.Accepted accepted) {
    List<SubscriptionQueue> removed = state.enter(accepted);
    accepted.targets().forEach(this::touch);
    if (!removed.isEmpty()) {
      QueueEntry entry = new QueueEntry(accepted.message());
      later(() ->
          letters.add(
              removed.stream()
                  .map(queue ->
                      QueueLetters.of(
                          entry,
                          queue.name(),
                          DeadLetter.Reason.SUBSCRIPTION_REMOVED,
                          "",
                          clock.now()))
                  .toList()));
    }
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    change(() -> {
      closed = true;
      earlier.signal();
    });
    log.close();
  }

  private void makeCalls() {
    while (true) {
      List<Runnable> next;
      lock.lock();
      try {
        next = calls;
        calls = new ArrayList<>();
      } finally {
        lock.unlock();
      }
      if (next.isEmpty()) {
        return;
      }
      next.forEach(QueueDispatcher::call);
    }
  }

  private static void call(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException failure) {
      GildLog.faultOnce("A call of the broker", failure);
    }
  }

  private void compact() {
    if (!closed && log.isLong(state.bytes())) {
      log.restart(state.snapshot());
    }
  }

  private void dispatch() {
    if (closed || !state.suspects().isEmpty() && isWaitingForSuspects()) {
      return;
    }
    while (!changed.isEmpty()) {
      SubscriptionQueue queue = changed.iterator().next();
      changed.remove(queue);
      dispatch(queue);
    }
  }

  private void dispatch(SubscriptionQueue queue) {
    while (true) {
      QueueEntry entry = queue.next();
      QueueMember member = entry == null ? null : queue.freeMember();
      if (entry == null || member == null) {
        return;
      }
      start(queue, member, entry);
    }
  }

  private void start(SubscriptionQueue queue, QueueMember member, QueueEntry entry) {
    queue.start(entry);
    member.free--;
    log.append(
        LogLines.delivered(entry, queue.name()),
        () -> handOver(queue, member, entry),
        failure -> handBack(queue, member, entry, FAILURE_PAUSE_NANOS));
  }

  /**
   * Delivers messages alone that were there each time the JVM died, so that the one which kills it
   * takes no others to the dead letters. Returns whether all others must wait.
   */
  private boolean isWaitingForSuspects() {
    if (state.suspects().keySet().stream().anyMatch(QueueEntry::isRunning)) {
      return true;
    }
    for (Map.Entry<QueueEntry, SubscriptionQueue> suspect : state.suspects().entrySet()) {
      SubscriptionQueue queue = suspect.getValue();
      QueueMember member = queue.isReady(suspect.getKey()) ? queue.freeMember() : null;
      if (member != null) {
        if (state.running() == 0) {
          start(queue, member, suspect.getKey());
        }
        return true;
      }
    }
    return false;
  }

  /** Gives a message to its consumer, once its delivery is recorded. */
  private void handOver(SubscriptionQueue queue, QueueMember member, QueueEntry entry) {
    if (entry.state != State.STARTING) { // a late end has removed it
      member.free++;
      touch(queue);
    } else if (member.closed || closed) {
      handBack(queue, member, entry, 0);
      log.append(LogLines.retried(entry, queue.name(), clock.now()), () -> {}, failure -> {});
    } else {
      Duration ackWait = member.subscription.redelivery().ackWait();
      EmbeddedDelivery delivery = new EmbeddedDelivery(this, queue, member, entry);
      entry.uncertain = true;
      time(queue, entry, State.IN_FLIGHT, ackWait.toNanos());
      later(() -> member.receiver.accept(delivery));
    }
  }

  private void handBack(
      SubscriptionQueue queue, QueueMember member, QueueEntry entry, long pauseNanos) {
    member.free++;
    if (entry.state == State.STARTING) {
      queue.giveBack(entry);
      if (pauseNanos > 0) {
        time(queue, entry, State.DELAYED, pauseNanos);
      }
    }
    touch(queue);
  }

  private void runTimers() {
    while (true) {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        wake();
        if (calls.isEmpty()) {
          await();
        }
      } catch (InterruptedException notOurs) {
        continue;
      } finally {
        lock.unlock();
      }
      makeCalls();
    }
  }

  private void wake() {
    long now = clock.nanoTime();
    wakeNanos = null;
    for (SubscriptionQueue queue : state.queues().values()) {
      queue.wake(now);
      if (queue.hasReady()) {
        touch(queue);
      }
    }
    dispatch();
    for (SubscriptionQueue queue : state.queues().values()) {
      Long next = queue.nextNanos();
      if (next != null && (wakeNanos == null || next - wakeNanos < 0)) {
        wakeNanos = next;
      }
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the loop is that of the timers
  private void await() throws InterruptedException {
    if (wakeNanos == null) {
      earlier.await();
      return;
    }
    long wait = wakeNanos - clock.nanoTime();
    long bounded = clock == Clock.SYSTEM ? wait : Math.min(wait, MANUAL_CLOCK_NANOS);
    if (bounded > 0) {
      earlier.awaitNanos(bounded);
    }
  }
}
