package io.gild.ledger;

import io.gild.core.AttemptEnded;
import io.gild.core.CallEnded;
import io.gild.core.CostSaved;
import io.gild.core.Events;
import io.gild.core.UsageRecorded;
import io.gild.core.spi.Clock;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;

/** Makes entries of the events of calls, on the threads of the calls. */
final class LedgerRecorder {

  private static final int DIGITS_OF_NANOS = 9;

  private final Consumer<PendingEntry> writer;
  private final Clock clock;
  private final OpenAttempts open = new OpenAttempts();

  LedgerRecorder(Consumer<PendingEntry> writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  List<AutoCloseable> listen(Events events) {
    return List.of(
        events.subscribe(UsageRecorded.class, this::recorded),
        events.subscribe(AttemptEnded.class, this::ended),
        events.subscribe(CallEnded.class, this::ended),
        events.subscribe(CostSaved.class, this::saved));
  }

  private void recorded(UsageRecorded event) {
    List<UsageRecorded.Enclosing> within = event.within();
    boolean givenUp = !within.isEmpty() && within.get(0).attempt() == 0;
    int attempt = givenUp || within.isEmpty() ? 0 : within.get(within.size() - 1).attempt();
    PendingEntry entry =
        PendingEntry.usage(
            clock.now(),
            event.attribution(),
            event.usage(),
            event.nanoUsd(),
            attempt,
            event.shadow());
    writer.accept(entry);
    if (givenUp) {
      waste(List.of(entry));
    } else {
      open.add(entry, within);
    }
  }

  private void ended(AttemptEnded event) {
    List<PendingEntry> ended = open.end(event.call(), event.attempt());
    if (!event.error().isEmpty()) {
      waste(ended);
    }
  }

  private void ended(CallEnded event) {
    List<PendingEntry> ended = open.end(event.call());
    if (event.outcome() != CallEnded.Outcome.SUCCEEDED) {
      waste(ended);
    }
  }

  private void waste(List<PendingEntry> entries) {
    for (PendingEntry entry : entries) {
      PendingEntry waste = entry.waste();
      if (waste != null) {
        writer.accept(waste);
      }
    }
  }

  private void saved(CostSaved event) {
    LedgerEntry.Saving instead =
        new LedgerEntry.Saving(event.source(), event.model(), usd(event.insteadNanoUsd()));
    writer.accept(
        PendingEntry.saving(
            clock.now(),
            event.attribution(),
            event.usage(),
            event.savedNanoUsd(),
            event.shadow(),
            instead));
  }

  static BigDecimal usd(long nanoUsd) {
    return BigDecimal.valueOf(nanoUsd, DIGITS_OF_NANOS);
  }
}
