package io.gild.judging;

import java.util.Locale;

/** Explains a verdict in one sentence. */
final class VerdictText {

  private final CanaryCriterion criterion;
  private final HarmEstimate measured;

  private VerdictText(CanaryCriterion criterion, HarmEstimate measured) {
    this.criterion = criterion;
    this.measured = measured;
  }

  static String of(
      CanaryCriterion criterion,
      Levels levels,
      Standing standing,
      HarmEstimate measured,
      CanaryVerdict verdict,
      long unusable) {
    VerdictText text = new VerdictText(criterion, measured);
    String reason =
        switch (verdict) {
          case NODATA -> text.missing(standing);
          case FAIL -> text.failed(standing, levels);
          case PASS -> text.passed();
          case INCONCLUSIVE -> text.undecided(standing, levels);
        };
    return unusable == 0
        ? reason
        : reason + "; " + unusable + (unusable == 1 ? " value was" : " values were") + " unusable";
  }

  private String missing(Standing standing) {
    return "only %d %s of the new version and %d of the stable one could be compared, %d of each are needed"
        .formatted(standing.canaryCount(), unit(), standing.stableCount(), criterion.minimum());
  }

  private String unit() {
    return switch (criterion.kind()) {
      case GOLDEN_SCORE -> "golden tasks";
      case LATENCY -> "calls with a duration";
      case COST -> "calls with a cost";
      case TOKENS -> "calls with tokens";
      case ERROR_RATE, REFUSAL_RATE -> "calls";
    };
  }

  private String failed(Standing standing, Levels levels) {
    return "%s: worse by %s, tolerated are %s (e-value %s, %s needed)"
        .formatted(
            values(),
            amount(measured.harm()),
            amount(criterion.tolerance().amount()),
            evidence(standing.logWorse()),
            evidence(levels.logRequired()));
  }

  private String passed() {
    return "%s: the harm is at most the tolerated %s"
        .formatted(values(), amount(criterion.tolerance().amount()));
  }

  private String undecided(Standing standing, Levels levels) {
    if (standing.isHarmful()) {
      return "%s: above the tolerated %s, but that may be chance (e-value %s, %s needed)"
          .formatted(
              values(),
              amount(criterion.tolerance().amount()),
              evidence(standing.logWorse()),
              evidence(levels.logRequired()));
    }
    return "%s: within the tolerated %s, but not proven yet (e-value %s, %s needed)"
        .formatted(
            values(),
            amount(criterion.tolerance().amount()),
            evidence(standing.logFine()),
            evidence(levels.logRequiredToPass()));
  }

  private String values() {
    String label = criterion.kind().label();
    if (criterion.kind() == CanaryCriterion.Kind.LATENCY) {
      label = "p" + criterion.name().replaceFirst(".*-p", "") + " of the " + label;
    } else if (isCut()) {
      label += " (each cut at stable's p99)";
    }
    return "%s is %s, stable has %s"
        .formatted(label, value(measured.canary()), value(measured.stable()));
  }

  /** Returns whether large values are cut, so that the mean is below what a bill says. */
  private boolean isCut() {
    return criterion.kind() == CanaryCriterion.Kind.COST
        || criterion.kind() == CanaryCriterion.Kind.TOKENS;
  }

  private String value(double value) {
    return switch (criterion.kind()) {
      case ERROR_RATE, REFUSAL_RATE -> format("%.2f %%", 100 * value);
      case LATENCY -> format("%.3f s", value);
      case COST -> format("$%.6f", value);
      case TOKENS -> format("%.1f", value);
      case GOLDEN_SCORE -> format("%.1f of 100", 100 * value);
    };
  }

  private String amount(double harm) {
    if (criterion.tolerance().relative()) {
      return format("%.1f %%", 100 * harm);
    }
    return switch (criterion.kind()) {
      case ERROR_RATE, REFUSAL_RATE, GOLDEN_SCORE -> format("%.2f points", 100 * harm);
      case LATENCY, COST, TOKENS -> value(harm);
    };
  }

  private static String evidence(double log) {
    return log < Math.log(1e6) ? format("%.3g", Math.exp(log)) : "above a million";
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
