package io.gild.dashboards;

import java.util.List;

/**
 * When an error budget is used up too fast (Site Reliability Workbook, chapter 5, table 5-8, and
 * the row for one day that Sloth adds): both a long and a short window exceed a multiple of the
 * allowed rate. The short one ends the alert soon after the failures end.
 *
 * @param factor multiple of the rate that would use up the budget in 30 days
 * @param longWindow the long window
 * @param shortWindow the short window
 * @param page whether a person is called; else a ticket is enough
 */
record BurnRate(double factor, String longWindow, String shortWindow, boolean page) {

  static final double FASTEST = 14.4;

  static final List<BurnRate> ALL =
      List.of(
          new BurnRate(FASTEST, "1h", "5m", true),
          new BurnRate(6, "6h", "30m", true),
          new BurnRate(3, "1d", "2h", false),
          new BurnRate(1, "3d", "6h", false));

  /** All windows, the shortest first. */
  static final List<String> WINDOWS = List.of("5m", "30m", "1h", "2h", "6h", "1d", "3d");
}
