package io.gild.ledger;

import io.gild.core.AtExit;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.spi.Clock;
import io.gild.ledger.spi.LedgerSink;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one daemon thread add entries to a sink, so that no call waits for a disk or a server.
 *
 * <p>The thread starts with the first entry and ends when there is none for a while. While adding
 * fails, it is tried again after a pause, which doubles up to a minute, and entries wait. Those
 * that find too many waiting are lost: they are counted, the log says so once, and a line of the
 * ledger says how many. Thread-safe; no caller waits for a lock.
 */
final class LedgerWriter implements AutoCloseable {

  private static final int MOST_AT_ONCE = 1_024;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long POLL_MILLIS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Callable<LedgerSink> opener;
  private final LedgerLines lines;
  private final Clock clock;
  private final int most;
  private final Duration keep;
  private final Queue<PendingEntry> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final AtomicLong settled = new AtomicLong();
  private final AtomicReference<@Nullable Worker> worker = new AtomicReference<>();
  private volatile boolean waiting;
  private volatile boolean closed;

  /** Of the writing thread. */
  private @Nullable LedgerSink sink;

  /** Lost entries that a line of the ledger mentions; of the writing thread. */
  private volatile long mentioned;

  /** The day on which old entries were deleted; of the writing thread. */
  private volatile LocalDate cleaned = LocalDate.MIN;

  LedgerWriter(
      Callable<LedgerSink> opener, LedgerLines lines, Clock clock, LedgerSettings settings) {
    this.opener = opener;
    this.lines = lines;
    this.clock = clock;
    this.most = settings.maxPending();
    this.keep = settings.keep();
  }

  /** Returns how many entries are not written yet. */
  int pending() {
    return size.get();
  }

  /** Returns how many entries the sink has acknowledged. */
  long written() {
    return written.sum();
  }

  /** Returns how many entries were lost. */
  long lost() {
    return lost.sum();
  }

  void accept(PendingEntry entry) {
    if (closed || size.get() >= most) {
      lost.increment();
      GildLog.infoOnce(
          "Entries of the ledger are lost, because they come faster than they are written;"
              + " gild.ledger.entries counts them");
      return;
    }
    size.incrementAndGet();
    accepted.increment();
    queue.add(entry);
    Worker present = worker.get();
    if (present == null) {
      start();
    } else if (waiting) {
      waiting = false;
      LockSupport.unpark(present.thread);
    }
  }

  private void start() {
    Worker fresh = GildRuntime.neutrally(Worker::new);
    if (worker.compareAndSet(null, fresh)) {
      try {
        fresh.start();
      } catch (OutOfMemoryError noThread) { // the next entry tries again
        worker.set(null);
      }
    }
  }

  /** Waits until the sink has acknowledged everything that was accepted before. */
  boolean flush(Duration longest) throws InterruptedException {
    long wanted = accepted.sum();
    long lostBefore = lost.sum();
    long end = System.nanoTime() + longest.toNanos();
    while (settled.get() < wanted && System.nanoTime() < end) {
      Thread.sleep(POLL_MILLIS);
    }
    return settled.get() >= wanted && lost.sum() == lostBefore && lostBefore == 0;
  }

  /** Writes what is queued, for two seconds at most; later entries are lost. */
  @Override
  public void close() {
    closed = true;
    Worker present = worker.get();
    if (present != null) {
      present.finish();
    }
  }

  /** One life of the writing thread. */
  private final class Worker {

    private final Thread thread;

    /** Set before the thread starts. */
    private AtExit atExit = AtExit.NONE;

    private volatile boolean finishing;
    private @Nullable List<PendingEntry> unnumbered;
    private @Nullable List<LedgerEntry> unwritten;
    private int taken;
    private long pauseNanos;

    Worker() {
      thread = GildRuntime.neutrally(() -> new Thread(null, this::run, "gild-ledger", 0, false));
      thread.setDaemon(true);
    }

    private void start() {
      // While the JVM is shutting down, the thread writes as long as it can.
      atExit = AtExit.run("gild-ledger-end", this::finish);
      thread.start();
    }

    /** Waits until everything is written, but not longer than a host that ends can wait. */
    private void finish() {
      finishing = true;
      LockSupport.unpark(thread);
      try {
        thread.join(PATIENCE.toMillis());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private void run() {
      try {
        do {
          writeAll();
          letGo();
        } while (!mayEnd());
      } finally {
        worker.compareAndSet(this, null); // after an error, the next entry starts another thread
        atExit.close();
      }
    }

    /** A caller that adds an entry sees either this thread, or none and starts another one. */
    private boolean mayEnd() {
      worker.set(null);
      return size.get() == 0 || !worker.compareAndSet(null, this);
    }

    /** Writes until there was nothing to write for a while. */
    private void writeAll() {
      while (true) {
        if (size.get() > 0 || lost.sum() > mentioned) {
          attempt();
        } else if (finishing || closed || !waitForEntries()) {
          return;
        }
      }
    }

    private boolean waitForEntries() {
      waiting = true;
      if (size.get() == 0 && !finishing) {
        LockSupport.parkNanos(this, IDLE_NANOS);
      }
      waiting = false;
      return size.get() > 0;
    }

    private void attempt() {
      boolean last = finishing;
      try {
        LedgerSink out = opened();
        number();
        List<LedgerEntry> entries = unwritten;
        if (entries != null) {
          out.append(entries);
          settle(entries);
        }
        recovered();
        clean(out);
      } catch (Exception | LinkageError fault) {
        failed(fault, last);
      }
    }

    private LedgerSink opened() throws Exception {
      LedgerSink known = sink;
      if (known == null) {
        known = opener.call();
        sink = known;
      }
      return known;
    }

    /** Takes what is next, unless a batch is left of a failure. */
    private void number() throws IOException {
      if (unwritten != null) {
        return;
      }
      List<PendingEntry> next = unnumbered == null ? next() : unnumbered;
      unnumbered = next;
      List<LedgerEntry> entries = lines.of(next);
      lost.add(lines.takeRejected());
      long allLost = lost.sum();
      if (allLost > mentioned) {
        entries.add(lines.lost(clock.now(), allLost - mentioned));
        mentioned = allLost;
      }
      unnumbered = null;
      taken = next.size();
      unwritten = entries;
    }

    private List<PendingEntry> next() {
      List<PendingEntry> next = new ArrayList<>();
      while (next.size() < MOST_AT_ONCE) {
        PendingEntry entry = queue.poll();
        if (entry == null) {
          break;
        }
        next.add(entry);
      }
      if (next.isEmpty()) {
        Thread.onSpinWait(); // an entry is about to be added
      }
      return next;
    }

    private void settle(List<LedgerEntry> entries) {
      written.add(entries.size());
      release();
    }

    private void release() {
      unwritten = null;
      size.addAndGet(-taken);
      settled.addAndGet(taken);
      taken = 0;
    }

    private void clean(LedgerSink out) throws IOException {
      LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
      if (!today.equals(cleaned)) {
        cleaned = today; // not again today if it fails
        out.deleteBefore(today.minusDays(keep.toDays()));
      }
    }

    private void recovered() {
      if (pauseNanos > 0) {
        pauseNanos = 0;
        GildLog.infoOnce("The ledger is written again");
      }
    }

    private void failed(Throwable fault, boolean last) {
      GildLog.faultOnce("Writing the ledger", fault);
      pauseNanos = Math.min(LONGEST_PAUSE_NANOS, Math.max(FIRST_PAUSE_NANOS, 2 * pauseNanos));
      if (last || closed) {
        giveUp();
      } else {
        LockSupport.parkNanos(this, pauseNanos);
      }
    }

    private void giveUp() {
      int rest = (unnumbered == null ? 0 : unnumbered.size()) + taken;
      unnumbered = null;
      unwritten = null;
      taken = 0;
      while (queue.poll() != null) {
        rest++;
      }
      size.addAndGet(-rest);
      settled.addAndGet(rest);
      lost.add(rest);
      mentioned = lost.sum();
    }

    private void letGo() {
      LedgerSink known = sink;
      if (known == null) {
        return;
      }
      try {
        if (closed) {
          sink = null;
          known.close();
        } else {
          known.idle();
        }
      } catch (IOException | RuntimeException fault) {
        GildLog.faultOnce("Closing the ledger", fault);
      }
    }
  }
}
