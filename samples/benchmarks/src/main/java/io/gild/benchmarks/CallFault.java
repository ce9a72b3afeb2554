package io.gild.benchmarks;

/** What becomes of a simulated agent. */
enum CallFault {
  /** All calls fail. */
  OUTAGE(1, 1, 1, 1, 0.005, 0.02),
  /** Calls take 30 % longer. */
  SLOWER(0.01, 1.3, 1, 1, 0.005, 0.02),
  /** Each token costs twice as much. */
  DEARER(0.01, 1, 2, 1, 0.005, 0.02),
  /** Calls need twice as many tokens. */
  LONGER(0.01, 1, 1, 2, 0.005, 0.02),
  /** The model declines half of the questions. */
  REFUSALS(0.01, 1, 1, 1, 0.5, 0.02),
  /** Half of the runs of the tool fail. */
  TOOL_ERRORS(0.01, 1, 1, 1, 0.005, 0.5),
  /** Nothing. */
  NONE(0.01, 1, 1, 1, 0.005, 0.02);

  final double failures;
  final double time;
  final double price;
  final double tokens;
  final double refusals;
  final double toolErrors;

  CallFault(
      double failures,
      double time,
      double price,
      double tokens,
      double refusals,
      double toolErrors) {
    this.failures = failures;
    this.time = time;
    this.price = price;
    this.tokens = tokens;
    this.refusals = refusals;
    this.toolErrors = toolErrors;
  }
}
