package io.gild.console;

import java.util.function.Predicate;

/** Recorded calls and requests that can be read. Thread-safe. */
interface CallRows {

  /**
   * Passes rows to a visitor, the newest first.
   *
   * @param visitor takes a row, which is used again for the next one; returns whether to go on
   */
  void newestFirst(Predicate<CallRow> visitor);

  /** Returns how many rows can be kept. */
  long capacity();

  /** Returns how many rows are kept. */
  long held();

  /** Returns how many rows made room for newer ones. */
  long overwritten();

  /** Returns how many rows were lost because of concurrent writers. */
  long dropped();
}
