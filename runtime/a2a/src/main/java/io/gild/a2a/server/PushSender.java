package io.gild.a2a.server;

import io.gild.a2a.A2aEvent;
import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aVersion;
import io.gild.a2a.spi.PushTarget;
import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import io.gild.config.Json;
import io.gild.core.GildLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Pushes events, each receiver's in their order.
 *
 * <p>A failure is tried again after a growing wait; an event that fails to the end is dropped, and
 * with the third in a row all that wait for the receiver. If too much waits, the oldest events of
 * the receiver that gets another are dropped.
 */
final class PushSender implements AutoCloseable {

  private static final int THREADS = 8;
  private static final int IDLE_SECONDS = 30;
  private static final int MOST_EVENTS = 1_000;
  private static final long MOST_BYTES = 64L * 1_024 * 1_024;
  private static final int MOST_LOST = 3;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private record Key(TaskOwner owner, String taskId, @Nullable String configId) {}

  /** The JSON of an event; compared by identity. */
  private static final class Payload {

    private final String text;

    Payload(String text) {
      this.text = text;
    }

    int length() {
      return text.length();
    }
  }

  /** What waits for one receiver; guarded by its monitor. */
  private static final class Waiting {

    private final Deque<Payload> payloads = new ArrayDeque<>();
    private PushTarget target;
    private boolean active;
    private int attempts;
    private int lost;

    Waiting(PushTarget target) {
      this.target = target;
    }
  }

  private final PushAddresses addresses;
  private final PushPost post;
  private final ScheduledExecutorService timer;
  private final int mostAttempts;
  private final Duration firstWait;
  private final ThreadPoolExecutor threads;
  private final Map<Key, Waiting> receivers = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  PushSender(
      PushAddresses addresses,
      ScheduledExecutorService timer,
      Duration timeout,
      int mostAttempts,
      Duration firstWait) {
    this.addresses = addresses;
    this.post = new PushPost(addresses, timer, timeout);
    this.timer = timer;
    this.mostAttempts = mostAttempts;
    this.firstWait = firstWait;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            WorkerThreads.named("gild-a2a-push-"));
    threads.allowCoreThreadTimeOut(true);
  }

  PushAddresses addresses() {
    return addresses;
  }

  /** Queues an event for each target; never waits. */
  void push(TaskOwner owner, StoredTask stored, A2aEvent event, List<PushTarget> targets) {
    for (PushTarget target : targets) {
      Payload payload = new Payload(payload(stored.task(), event, target.version()));
      Key key = new Key(owner, stored.task().id(), target.config().id());
      receivers.compute(
          key,
          (same, present) -> {
            Waiting waiting = present == null ? new Waiting(target) : present;
            add(key, waiting, target, payload);
            return waiting;
          });
    }
  }

  /** Version 0.3 pushes the task, later ones the event. */
  private static String payload(A2aTask task, A2aEvent event, A2aVersion version) {
    return version == A2aVersion.V0_3
        ? Json.write(A2aJson.writeTask(task, version))
        : Json.write(A2aJson.write(event, version));
  }

  private void add(Key key, Waiting waiting, PushTarget target, Payload payload) {
    synchronized (waiting) {
      waiting.target = target;
      waiting.payloads.add(payload);
      bytes.addAndGet(payload.length());
      int fewest = waiting.active ? 2 : 1; // the first may be under way
      while (waiting.payloads.size() > fewest
          && (waiting.payloads.size() > MOST_EVENTS || bytes.get() > MOST_BYTES)) {
        dropSecond(waiting);
      }
      if (!waiting.active) {
        waiting.active = true;
        start(() -> send(key, waiting));
      }
    }
  }

  private void dropSecond(Waiting waiting) {
    Payload first = waiting.payloads.remove();
    Payload second = waiting.payloads.remove();
    waiting.payloads.addFirst(first);
    bytes.addAndGet(-second.length());
    GildLog.infoOnce(
        "Too many A2A push notifications wait for a receiver; the oldest are dropped.");
  }

  private void start(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException closed) {
      // The server closes; what waits is dropped.
    }
  }

  /** Forgets what waits for a deleted configuration; null for all of the task. */
  void forget(TaskOwner owner, String taskId, @Nullable String configId) {
    for (Key key : List.copyOf(receivers.keySet())) {
      if (key.owner().equals(owner)
          && key.taskId().equals(taskId)
          && (configId == null || configId.equals(key.configId()))) {
        Waiting waiting = receivers.remove(key);
        if (waiting != null) {
          clear(waiting);
        }
      }
    }
  }

  private void clear(Waiting waiting) {
    synchronized (waiting) {
      waiting.payloads.forEach(each -> bytes.addAndGet(-each.length()));
      waiting.payloads.clear();
    }
  }

  private void send(Key key, Waiting waiting) {
    Payload payload;
    PushTarget target;
    synchronized (waiting) {
      payload = waiting.payloads.peek();
      target = waiting.target;
    }
    if (payload == null) {
      finish(key, waiting);
      return;
    }
    boolean again = false;
    String problem = null;
    try {
      int status = post.post(target, payload.text);
      if (status >= 300) {
        problem = "status " + status;
        again = status >= 500 || status == 408 || status == 429;
      }
    } catch (PushAddresses.RefusedException refused) {
      problem = refused.getMessage();
    } catch (IOException | RuntimeException failure) {
      problem = failure.toString();
      again = true;
    }
    settle(key, waiting, payload, problem, again);
  }

  private void settle(
      Key key, Waiting waiting, Payload payload, @Nullable String problem, boolean again) {
    long waits = 0;
    synchronized (waiting) {
      if (problem != null && again && ++waiting.attempts < mostAttempts) {
        waits = wait(waiting.attempts);
      } else {
        if (waiting.payloads.peek() == payload) {
          waiting.payloads.remove();
          bytes.addAndGet(-payload.length());
        }
        waiting.attempts = 0;
        waiting.lost = problem == null ? 0 : waiting.lost + 1;
        if (problem != null) {
          GildLog.infoOnce("An A2A push notification is dropped: " + problem);
        }
        if (waiting.lost >= MOST_LOST) {
          clear(waiting);
        }
      }
    }
    if (waits == 0) {
      start(() -> send(key, waiting));
      return;
    }
    try {
      timer.schedule(() -> start(() -> send(key, waiting)), waits, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The server closes; what waits is dropped.
    }
  }

  private long wait(int attempts) {
    long millis = firstWait.toMillis() << Math.min(attempts - 1, 10);
    return Math.max(1, Math.min(millis, LONGEST_WAIT.toMillis()));
  }

  private void finish(Key key, Waiting waiting) {
    receivers.computeIfPresent(
        key,
        (same, present) -> {
          synchronized (waiting) {
            if (present != waiting) {
              return present;
            }
            if (!waiting.payloads.isEmpty()) {
              start(() -> send(key, waiting));
              return present;
            }
            return null;
          }
        });
  }

  int receivers() {
    return receivers.size();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    post.close();
    receivers.clear();
    try {
      threads.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
