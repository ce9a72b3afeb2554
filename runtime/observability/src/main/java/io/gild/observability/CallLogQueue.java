package io.gild.observability;

import io.gild.config.Json;
import io.gild.core.AtExit;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.spi.Clock;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one daemon thread write lines, so that no caller waits for a disk or a pipe.
 *
 * <p>The thread starts with the first line and ends when there is none for a while. Lines that find
 * the queue full are lost and counted, and a line in the log says so when it goes on. Where writing
 * fails, it is tried again after a pause, which doubles up to a minute. Thread-safe; no caller
 * waits for a lock.
 */
final class CallLogQueue implements Consumer<Map<String, ?>>, AutoCloseable {

  /** Writes lines to their place, on one thread. */
  interface Output {

    /**
     * Writes lines.
     *
     * @throws IOException if a part of them may be missing; a {@link FileSystemException} if none
     *     is written
     */
    void write(List<String> lines) throws IOException;

    /** Lets go of the file until the next line. */
    default void idle() throws IOException {}
  }

  private static final int MOST_LINES = 4_096;
  private static final int MOST_AT_ONCE = 256;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final Output output;
  private final Clock clock;
  private final int most;
  private final Queue<Map<String, ?>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final LongAdder overflown = new LongAdder();
  private final LongAdder unwritten = new LongAdder();
  private final AtomicReference<@Nullable Worker> worker = new AtomicReference<>();
  private volatile boolean waiting;
  private volatile boolean closed;

  /** Lost lines that the log itself mentions; of the writing thread. */
  private volatile long mentioned;

  CallLogQueue(String name, Output output, Clock clock) {
    this(name, output, clock, MOST_LINES);
  }

  CallLogQueue(String name, Output output, Clock clock, int most) {
    this.name = name;
    this.output = output;
    this.clock = clock;
    this.most = most;
  }

  /** Returns how many lines were lost because the queue was full, or after its end. */
  long overflown() {
    return overflown.sum();
  }

  /** Returns how many lines were lost because they could not be written. */
  long unwritten() {
    return unwritten.sum();
  }

  @Override
  public void accept(Map<String, ?> line) {
    if (closed || size.get() >= most) {
      overflown.increment();
      return;
    }
    size.incrementAndGet();
    queue.add(line);
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
      } catch (OutOfMemoryError noThread) { // the next line tries again
        worker.set(null);
      }
    }
  }

  /** Writes what is queued, for two seconds at most; later lines are lost. */
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
    private @Nullable List<String> kept;
    private long pauseNanos;

    Worker() {
      thread = NeutralThread.of(this::run, "gild-call-log");
      thread.setDaemon(true);
    }

    private void start() {
      // While the JVM is shutting down, the thread writes as long as it can.
      atExit = AtExit.run("gild-call-log-end", this::finish);
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
          idle();
        } while (!mayEnd());
      } finally {
        worker.compareAndSet(this, null); // after an error, the next line starts another thread
        atExit.close();
      }
    }

    /** A caller that adds a line sees either this thread, or none and starts another one. */
    private boolean mayEnd() {
      worker.set(null);
      return size.get() == 0 || !worker.compareAndSet(null, this);
    }

    /** Writes until there was nothing to write for a while. */
    private void writeAll() {
      while (true) {
        if (kept != null || size.get() > 0 || lost() > mentioned) {
          attempt();
        } else if (finishing || closed || !waitForLines()) {
          return;
        }
      }
    }

    private boolean waitForLines() {
      waiting = true;
      if (size.get() == 0 && !finishing) {
        LockSupport.parkNanos(this, IDLE_NANOS);
      }
      waiting = false;
      return size.get() > 0;
    }

    private void attempt() {
      boolean last = finishing;
      List<String> lines = kept == null ? next() : kept;
      kept = null;
      long now = lost();
      if (lines.isEmpty() && now == mentioned) {
        Thread.onSpinWait(); // a line is about to be added
        return;
      }
      List<String> all = now > mentioned ? withLost(lines, now - mentioned) : lines;
      try {
        output.write(all);
        mentioned = now;
        recovered();
      } catch (IOException | RuntimeException | LinkageError fault) {
        failed(lines, fault, last);
      }
    }

    private List<String> next() {
      List<String> lines = new ArrayList<>();
      int limit = pauseNanos > 0 ? 1 : MOST_AT_ONCE; // the first one after a failure may be lost
      while (lines.size() < limit) {
        Map<String, ?> line = queue.poll();
        if (line == null) {
          break;
        }
        size.decrementAndGet();
        lines.add(Json.write(line));
      }
      return lines;
    }

    private List<String> withLost(List<String> lines, long lost) {
      Map<String, Object> mention = new LinkedHashMap<>();
      mention.put("time", clock.now().toString());
      mention.put("event", "lines_lost");
      mention.put("lost", lost);
      List<String> all = new ArrayList<>(lines.size() + 1);
      all.add(Json.write(mention));
      all.addAll(lines);
      if (overflown() > 0) {
        GildLog.infoOnce(
            "Lines of the call log "
                + name
                + " are lost, because they are written more slowly than they come;"
                + " gild.telemetry.dropped counts them");
      }
      return all;
    }

    private void recovered() {
      if (pauseNanos > 0) {
        pauseNanos = 0;
        GildLog.infoOnce("The call log " + name + " is written again");
      }
    }

    private void failed(List<String> lines, Throwable fault, boolean last) {
      if (fault instanceof FileSystemException && !last) {
        kept = lines; // none of them is written
      } else {
        unwritten.add(lines.size());
      }
      GildLog.faultOnce("Writing the call log " + name, fault);
      pauseNanos = Math.min(LONGEST_PAUSE_NANOS, Math.max(FIRST_PAUSE_NANOS, 2 * pauseNanos));
      if (last) {
        giveUp();
      } else if (!finishing) {
        LockSupport.parkNanos(this, pauseNanos);
      }
    }

    private void giveUp() {
      while (queue.poll() != null) {
        size.decrementAndGet();
        unwritten.increment();
      }
      mentioned = lost();
    }

    private void idle() {
      try {
        output.idle();
      } catch (IOException | RuntimeException fault) {
        GildLog.faultOnce("Closing the call log " + name, fault);
      }
    }
  }

  private long lost() {
    return overflown.sum() + unwritten.sum();
  }
}
