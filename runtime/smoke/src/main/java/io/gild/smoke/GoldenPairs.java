package io.gild.smoke;

import io.gild.core.GildLog;
import io.gild.golden.GoldenSpec;
import io.gild.judging.CallSamples;
import io.gild.judging.ScorePair;
import io.gild.judging.TrafficInterval;
import io.gild.operations.GoldenSettings;
import io.gild.operations.RolloutException;
import io.gild.operations.spi.TelemetrySource;
import io.gild.smoke.spi.AgentAsker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks both versions the same golden task at the same time, again and again, from the first reading
 * until it is closed: before, the new version need not run.
 *
 * <ul>
 *   <li>A version that fails while the other one answers has the score 0.
 *   <li>A pair is left out if both versions fail, if a check cannot judge one of the answers, or if
 *       one of them shows nothing about its version.
 *   <li>A version that gives no answer at all five times in a row is silent. If it is the new one,
 *       it is unhealthy. If it is the present one, or both fail five times in a row, nothing is
 *       measured.
 *   <li>A task is left out if four pairs are still waiting for answers.
 * </ul>
 */
final class GoldenPairs implements TelemetrySource {

  private static final int MOST_AT_ONCE = 4;
  private static final int MOST_KEPT = 10_000;
  private static final int SILENT_AFTER = 5;

  private final TaskOrder order;
  private final AskedVersion stable;
  private final AskedVersion canary;
  private final AnswerScorer scorer;
  private final Duration timeout;
  private final Duration every;
  private final ScheduledExecutorService timer;
  private final ThreadPoolExecutor pairs;
  private final ExecutorService sides;
  private final Deque<ScorePair> scored = new ArrayDeque<>();
  private final AtomicInteger bothFailed = new AtomicInteger();
  private final PairCounts counts = new PairCounts();
  private boolean started;
  private volatile boolean closed;

  GoldenPairs(
      List<GoldenSpec> tasks,
      AgentAsker stable,
      AgentAsker canary,
      AnswerScorer scorer,
      GoldenSettings settings,
      long seed) {
    this.order = new TaskOrder(tasks, seed);
    this.stable = new AskedVersion("the present version", stable);
    this.canary = new AskedVersion("the new version", canary);
    this.scorer = scorer;
    this.timeout = Objects.requireNonNull(settings.timeout());
    this.timer = Executors.newSingleThreadScheduledExecutor(GoldenPairs::thread);
    this.pairs =
        new ThreadPoolExecutor(
            0, MOST_AT_ONCE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), GoldenPairs::thread);
    this.sides = Executors.newCachedThreadPool(GoldenPairs::thread); // one for each pair at most
    this.every = Objects.requireNonNull(settings.every());
  }

  static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "gild-golden", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(GoldenPairs.class.getClassLoader()); // not an application's
    return thread;
  }

  private void begin() {
    try {
      pairs.execute(this::pair);
    } catch (RejectedExecutionException busy) {
      counts.skipped();
    }
  }

  private void pair() {
    try {
      GoldenSpec task = order.next();
      Duration most = task.timeout() == null ? timeout : task.timeout();
      CompletableFuture<AskedVersion.Reply> asked =
          CompletableFuture.supplyAsync(() -> canary.ask(task, most), sides);
      AskedVersion.Reply present = stable.ask(task, most);
      record(task, present, asked.join());
    } catch (RejectedExecutionException end) {
      return; // closed meanwhile
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Asking golden tasks", fault);
    }
  }

  private void record(GoldenSpec task, AskedVersion.Reply present, AskedVersion.Reply changed) {
    if (closed) {
      return; // an interrupted question is not a failure
    }
    if (present.isLeftOut() || changed.isLeftOut()) {
      counts.dropped(task, present.isLeftOut() ? present.failure() : changed.failure());
      return;
    }
    stable.count(present);
    canary.count(changed);
    boolean both = present.answer() == null && changed.answer() == null;
    if (both) {
      bothFailed.incrementAndGet();
      counts.dropped(task, present.failure());
      return;
    }
    bothFailed.set(0);
    Scored one = score(task, present);
    Scored other = score(task, changed);
    if (!one.undecided.isEmpty() || !other.undecided.isEmpty()) {
      counts.dropped(task, one.undecided.isEmpty() ? other.undecided : one.undecided);
      return;
    }
    counts.scored();
    counts.failed("the present version", task, present.failure());
    counts.failed("the new version", task, changed.failure());
    keep(new ScorePair(task.id(), one.score, other.score));
  }

  /** A score, or why there is none. */
  private record Scored(double score, String undecided) {}

  private Scored score(GoldenSpec task, AskedVersion.Reply reply) {
    String answer = reply.answer();
    if (answer == null) {
      return new Scored(0, "");
    }
    AnswerScorer.Score score = scorer.score(task, answer, reply.took());
    return new Scored(score.verdict().score(), score.undecided());
  }

  private synchronized void keep(ScorePair pair) {
    if (scored.size() == MOST_KEPT) {
      scored.removeFirst();
    }
    scored.addLast(pair);
  }

  @Override
  public TrafficInterval read() throws RolloutException {
    start();
    if (bothFailed.get() >= SILENT_AFTER) {
      throw new RolloutException(
          "both versions fail golden tasks: " + stable.lastFailure() + "; " + canary.lastFailure());
    }
    if (stable.silent() >= SILENT_AFTER) {
      throw new RolloutException(
          "the present version does not answer golden tasks: " + stable.lastFailure());
    }
    synchronized (this) {
      List<ScorePair> read = new ArrayList<>(scored);
      scored.clear();
      return new TrafficInterval(CallSamples.none(), CallSamples.none(), read);
    }
  }

  private synchronized void start() {
    if (!started && !closed) {
      started = true;
      timer.scheduleAtFixedRate(this::begin, 0, every.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public String unhealthy(boolean asksCanary) {
    AskedVersion side = asksCanary ? canary : stable;
    return side.silent() >= SILENT_AFTER
        ? side.name() + " does not answer golden tasks: " + side.lastFailure()
        : "";
  }

  /** Returns what was asked so far, in one sentence. */
  String summary() {
    return counts.summary();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    timer.shutdownNow();
    pairs.shutdownNow();
    sides.shutdownNow();
    GildLog.info(summary());
  }
}
