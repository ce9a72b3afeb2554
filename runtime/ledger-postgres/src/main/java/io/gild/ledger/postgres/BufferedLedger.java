package io.gild.ledger.postgres;

import io.gild.ledger.FolderLedger;
import io.gild.ledger.LedgerEntry;
import io.gild.ledger.LedgerQuery;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.spi.LedgerSink;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds entries to a folder, from where they are sent, and answers from PostgreSQL. Thread-safe.
 *
 * <p>Before an answer, it sends what the folder has, unless another JVM does so at the moment.
 */
final class BufferedLedger implements LedgerSink {

  private final FolderLedger folder;
  private final Shipments shipments;

  BufferedLedger(FolderLedger folder, Shipments shipments) {
    this.folder = folder;
    this.shipments = shipments;
  }

  @Override
  public void append(List<LedgerEntry> entries) throws IOException {
    folder.append(entries);
  }

  @Override
  public List<LedgerReport> query(List<LedgerQuery> queries) throws IOException {
    List<String> problems = new ArrayList<>();
    sendRest(problems);
    return shipments.ledger().query(queries).stream()
        .map(report -> with(problems, report))
        .toList();
  }

  /** One who may only read, or a folder that cannot be read, does not keep from the answer. */
  private void sendRest(List<String> problems) {
    try {
      long unsent = shipments.send(problems::add).unsentBytes();
      if (unsent > 0) {
        problems.add(
            "another JVM is sending %d bytes of %s, which are not counted yet"
                .formatted(unsent, folder.folder()));
      }
    } catch (IOException failure) {
      problems.add(
          "what %s has and PostgreSQL has not is not counted: %s"
              .formatted(folder.folder(), failure.getMessage()));
    }
  }

  private static LedgerReport with(List<String> problems, LedgerReport report) {
    List<String> all = new ArrayList<>(problems);
    all.addAll(report.problems());
    return new LedgerReport(report.rows(), all);
  }

  @Override
  public void deleteBefore(LocalDate oldest) throws IOException {
    folder.deleteBefore(oldest); // such as a file whose last line is torn
    shipments.ledger().deleteBefore(oldest);
  }

  @Override
  public void idle() throws IOException {
    folder.idle();
  }

  @Override
  public void close() {
    folder.close();
    shipments.ledger().close();
  }
}
