package io.gild.ledger.postgres;

import io.gild.core.AtExit;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a daemon thread send the folder of a ledger to PostgreSQL, once a second. While that fails,
 * the pause doubles up to a minute; the log says when the server goes and when it comes back. At
 * the end of the JVM, up to two seconds are spent to send the rest. Thread-safe.
 */
final class LedgerShipper implements AutoCloseable {

  private static final long USUAL_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Shipments shipments;
  private final Runnable lastEntries;
  private final Thread thread;
  private AtExit atExit = AtExit.NONE;
  private volatile long unsentBytes;
  private volatile boolean ending;

  /** Of the thread. */
  private boolean failing;

  private long pause = USUAL_PAUSE;

  /**
   * Does nothing before {@link #start}.
   *
   * @param lastEntries waits a moment for the last entries of the folder, before they are sent
   */
  LedgerShipper(Shipments shipments, Runnable lastEntries) {
    this.shipments = shipments;
    this.lastEntries = lastEntries;
    this.thread =
        GildRuntime.neutrally(() -> new Thread(null, this::run, "gild-ledger-postgres", 0, false));
    thread.setDaemon(true);
  }

  LedgerShipper start() {
    // While the JVM is shutting down, the thread sends as long as it can.
    atExit = AtExit.run("gild-ledger-postgres-end", this::finish);
    thread.start();
    return this;
  }

  long unsentBytes() {
    return unsentBytes;
  }

  private void run() {
    while (!ending) {
      round();
      if (!ending) {
        LockSupport.parkNanos(this, pause);
      }
    }
    lastEntries.run();
    round();
    shipments.ledger().close();
  }

  private void round() {
    try {
      unsentBytes = shipments.unsentBytes();
      shipments.send(problem -> GildLog.infoOnce("Ledger: " + problem));
      unsentBytes = 0;
      recovered();
    } catch (IOException | RuntimeException | LinkageError fault) {
      failed(fault);
    }
  }

  private void failed(Throwable fault) {
    if (!failing) {
      failing = true;
      GildLog.info(
          "The ledger waits in its folder until PostgreSQL takes it; nothing is lost meanwhile. "
              + fault.getMessage());
    } else {
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      pause = USUAL_PAUSE;
      GildLog.info("PostgreSQL at %s has the ledger again".formatted(shipments.ledger().place()));
    }
  }

  private void finish() {
    ending = true;
    LockSupport.unpark(thread);
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends the rest, for two seconds at most. */
  @Override
  public void close() {
    atExit.close();
    finish();
  }
}
