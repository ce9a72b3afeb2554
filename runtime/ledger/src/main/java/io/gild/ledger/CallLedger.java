package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import java.time.Duration;
import java.util.List;

/**
 * Writes the ledger of a runtime, which is closed with the runtime. Thread-safe.
 *
 * <p>A call adds its entries to a queue and does not wait for the disk.
 */
@Experimental
public final class CallLedger implements AutoCloseable {

  private final LedgerWriter writer;
  private final List<AutoCloseable> subscriptions;

  CallLedger(RuntimeScope runtime) {
    Settings settings = runtime.settings();
    LedgerSettings own = settings.get(LedgerSettings.SECTION);
    this.writer =
        new LedgerWriter(
            () -> Ledgers.open(settings),
            new LedgerLines(new LedgerIds(own.ids(), Ledgers.hashKey(settings))),
            runtime.clock(),
            own);
    this.subscriptions =
        new LedgerRecorder(writer::accept, runtime.clock()).listen(runtime.events());
    runtime.meters().publish(LedgerMeter.PENDING.spec(), writer, LedgerWriter::pending);
    runtime.meters().publish(LedgerMeter.ENTRIES.spec(), writer, LedgerWriter::written, "written");
    runtime.meters().publish(LedgerMeter.ENTRIES.spec(), writer, LedgerWriter::lost, "lost");
  }

  /**
   * Returns the ledger of a runtime, which is written from now on.
   *
   * @param runtime the runtime
   * @return the one ledger of the runtime
   */
  public static CallLedger of(RuntimeScope runtime) {
    return runtime.shared(CallLedger.class, CallLedger::new);
  }

  /**
   * Waits until everything that was recorded before is kept.
   *
   * @param longest how long to wait at most
   * @return whether it is; {@code false} also if an entry was lost
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean flush(Duration longest) throws InterruptedException {
    return writer.flush(longest);
  }

  /** Writes what is queued, for a few seconds at most; later requests are not recorded. */
  @Override
  public void close() {
    for (AutoCloseable subscription : subscriptions) {
      try {
        subscription.close();
      } catch (Exception fault) {
        GildLog.faultOnce("Ending the ledger", fault);
      }
    }
    writer.close();
  }
}
