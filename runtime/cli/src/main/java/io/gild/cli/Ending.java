package io.gild.cli;

import java.util.concurrent.Callable;

/** Ends a watching and prints what was seen, once, whether it came to its end or to Ctrl-C. */
final class Ending {

  private final Watching watching;
  private final Callable<Integer> printing;
  private int status = -1;

  Ending(Watching watching, Callable<Integer> printing) {
    this.watching = watching;
    this.printing = printing;
  }

  /** Returns the exit status; the first caller does the work, others wait for it. */
  synchronized int status() {
    if (status < 0) {
      try {
        watching.end();
        status = printing.call();
      } catch (Exception fault) {
        System.err.println("gild: what was seen cannot be told: " + fault);
        status = 1;
      }
    }
    return status;
  }
}
