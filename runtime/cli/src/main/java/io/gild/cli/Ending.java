package io.gild.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Ends the watching and prints the result once, at its normal end or at Ctrl-C. */
final class Ending {

  private final Watching watching;
  private final Callable<Integer> printing;
  private int status = -1;

  Ending(Watching watching, Callable<Integer> printing) {
    this.watching = watching;
    this.printing = printing;
  }

  /**
   * Waits for the end and then prints the result, even after Ctrl-C.
   *
   * @param most how long to wait at most; {@code null} for no bound
   * @return the exit status
   */
  int await(@Nullable Duration most) throws InterruptedException {
    Thread interrupted = new Thread(this::status, "gild-ending");
    Runtime.getRuntime().addShutdownHook(interrupted);
    watching.await(most);
    int found = status();
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException ends) {
      // Ctrl-C came while it was printed.
    }
    return found;
  }

  /** Returns the exit status; the first caller does the work, others wait for it. */
  private synchronized int status() {
    if (status < 0) {
      try {
        watching.end();
        status = printing.call();
      } catch (Exception fault) {
        System.err.println("gild: the result cannot be printed: " + fault);
        status = 1;
      }
    }
    return status;
  }
}
