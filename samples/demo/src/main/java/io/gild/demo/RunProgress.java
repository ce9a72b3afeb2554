package io.gild.demo;

import io.gild.config.Printable;
import java.io.PrintStream;

/** Shows the progress of a run: a moving line on a terminal, a few lines elsewhere. */
final class RunProgress {

  private static final int WIDTH = 30;
  private static final int STEPS_ELSEWHERE = 4;

  private final PrintStream out;
  private final boolean quiet;
  private final boolean terminal = Printable.isTerminal();
  private int lastStep;

  RunProgress(PrintStream out, boolean quiet) {
    this.out = out;
    this.quiet = quiet;
  }

  void say(String line) {
    if (!quiet) {
      out.println(line);
    }
  }

  /** Prints a line, also if there is no progress. */
  void print(String line) {
    out.println(line);
  }

  void start() {
    lastStep = 0;
  }

  void show(String label, int done, int total) {
    if (quiet) {
      return;
    }
    if (terminal) {
      int filled = WIDTH * done / total;
      String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      out.printf("\r  %-7s %s %d/%d%s", label, bar, done, total, done == total ? "\n" : "");
      out.flush();
    } else if (STEPS_ELSEWHERE * done / total > lastStep) {
      lastStep = STEPS_ELSEWHERE * done / total;
      out.printf("  %-7s %d/%d%n", label, done, total);
    }
  }
}
