package io.gild.cli;

import io.gild.evaluation.Progress;
import io.gild.gates.TaskResult;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows the progress of a run: a growing bar on a terminal, a plain line per result elsewhere. */
final class ProgressLine implements Progress {

  private static final int WIDTH = 30;

  private final PrintWriter out;
  private final boolean terminal;
  private int bad;
  private boolean shown;

  ProgressLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void on(TaskResult result, int done, int total) {
    bad += result.passed() ? 0 : 1;
    if (terminal) {
      int filled = WIDTH * done / Math.max(1, total);
      out.printf(
          Locale.ROOT,
          "\r[%s%s] %d/%d, %d not passed ",
          "#".repeat(filled),
          ".".repeat(WIDTH - filled),
          done,
          total,
          bad);
      shown = true;
    } else {
      out.printf(
          Locale.ROOT,
          "%d/%d %s %s%s (%d ms)%n",
          done,
          total,
          result.outcome(),
          result.key(),
          result.repeat() > 1 ? " #" + result.repeat() : "",
          result.spent().latency().toMillis());
    }
    out.flush();
  }

  /** Ends the line of the bar. */
  void end() {
    if (shown) {
      out.println();
      out.flush();
    }
  }
}
