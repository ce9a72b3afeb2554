package io.gild.gates;

/** Judges a comparison with a baseline. */
final class RegressionCriterion {

  private RegressionCriterion() {}

  static Finding judge(Comparison comparison) {
    McNemar test = comparison.test();
    String measured =
        "%d regressed, %d repaired of %d"
            .formatted(test.regressed(), test.repaired(), comparison.compared());
    String evidence =
        "McNemar's test, mid-p %.3f%s"
            .formatted(
                test.midP(),
                comparison.missing().isEmpty()
                    ? "."
                    : "; not compared, because they have no result now: "
                        + Words.list(comparison.missing(), 5)
                        + ".");
    if (comparison.compared() == 0) {
      return Finding.notMeasured(
          "regression", "", "not worse", "No task is in both runs.", "Name another baseline.");
    }
    boolean worse = comparison.isWorse();
    return new Finding(
        "regression",
        "",
        worse ? GateVerdict.FAILED : GateVerdict.PASSED,
        measured,
        "not worse by more than chance (p > 0.05)",
        evidence,
        comparison.regressed().isEmpty()
            ? ""
            : "Look at " + Words.list(comparison.regressed(), 5) + ".");
  }
}
