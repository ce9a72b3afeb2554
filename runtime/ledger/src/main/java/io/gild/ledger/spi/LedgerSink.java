package io.gild.ledger.spi;

import io.gild.config.Experimental;
import io.gild.ledger.LedgerEntry;
import io.gild.ledger.LedgerQuery;
import io.gild.ledger.LedgerReport;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/**
 * Where the entries of a ledger are kept. Implementations pass the {@link LedgerSinkContract}, and
 * are safe for use by many threads.
 */
@Experimental
public interface LedgerSink extends AutoCloseable {

  /**
   * Adds entries. When the method returns, they outlive the JVM; how much more they outlive depends
   * on the sink.
   *
   * <p>The entries of one origin come in the order of their numbers, and a batch may come again
   * after a failure: an entry whose {@linkplain LedgerEntry#id() id} is known is ignored.
   *
   * @param entries the entries; may be of several origins
   * @throws IOException if some may be missing; the caller then adds all of them again
   */
  void append(List<LedgerEntry> entries) throws IOException;

  /**
   * Answers several questions about the same entries, in one pass.
   *
   * @param queries the questions
   * @return the answers, in the order of the questions
   * @throws IOException if the entries cannot be read
   */
  List<LedgerReport> query(List<LedgerQuery> queries) throws IOException;

  /**
   * Deletes what is too old to be kept; called once a day.
   *
   * @param oldest the first day that is kept, in UTC. An entry of an earlier day is kept all the
   *     same if it was added later: the clock may have been wrong.
   * @throws IOException if that fails
   */
  default void deleteBefore(LocalDate oldest) throws IOException {}

  /**
   * Lets go of files and connections until the next use; called when nothing was added for a while.
   *
   * @throws IOException if that fails
   */
  default void idle() throws IOException {}

  /** Lets go of files and connections. */
  @Override
  void close() throws IOException;
}
