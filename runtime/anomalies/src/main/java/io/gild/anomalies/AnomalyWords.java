package io.gild.anomalies;

import io.gild.core.MethodSpec;
import java.time.Instant;
import java.util.Locale;

/** The reasons of flags in words. */
final class AnomalyWords {

  private AnomalyWords() {}

  static AnomalyFlag flag(MethodSpec method, Signal signal, Detector detector, Instant now) {
    double usual = detector.usual();
    double found = detector.found();
    return new AnomalyFlag(
        method.agent(),
        method.methodName(),
        method.version(),
        signal,
        now,
        null,
        usual,
        found,
        words(signal, usual, found, detector));
  }

  private static String words(Signal signal, double usual, double found, Detector detector) {
    return switch (signal) {
      case LATENCY -> level("time per call", seconds(found), seconds(usual), detector);
      case COST -> level("cost per call", dollars(found), dollars(usual), detector);
      case PRICE -> level("cost per million tokens", dollars(found), dollars(usual), detector);
      case TOKENS -> level("tokens per call", count(found), count(usual), detector);
      case FAILURES -> share("calls failed", found, usual, detector);
      case REFUSALS -> share("answers of the model are refusals", found, usual, detector);
      case TOOL_ERRORS -> share("runs of tools failed", found, usual, detector);
    };
  }

  private static String level(String what, String found, String usual, Detector detector) {
    return "Median %s of the last %d calls is %s; usual is %s (median of %d calls)."
        .formatted(what, Math.max(1, detector.length()), found, usual, detector.learned());
  }

  private static String share(String what, double found, double usual, Detector detector) {
    return "%d of the last %d %s; usual is %s %% (of %d)."
        .formatted(
            Math.round(found * detector.length()),
            detector.length(),
            what,
            number(usual * 100),
            detector.learned());
  }

  private static String seconds(double value) {
    return value < 1 ? number(value * 1_000) + " ms" : number(value) + " s";
  }

  private static String dollars(double value) {
    return "$" + (value < 0.01 ? String.format(Locale.ROOT, "%.6f", value) : number(value));
  }

  private static String count(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }
}
