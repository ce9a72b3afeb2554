package io.gild.smoke;

import io.gild.smoke.spi.SmokeFinding.Outcome;
import java.util.Locale;

/** Writes a report as JUnit XML. */
final class SmokeXml {

  private final SmokeReport report;
  private final StringBuilder out = new StringBuilder();

  SmokeXml(SmokeReport report) {
    this.report = report;
  }

  String write() {
    boolean nothing = !report.passed() && count(Outcome.FAILED) == 0;
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append(
        "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\">\n"
            .formatted(
                escape("smoke tests of " + report.target()),
                report.results().size() + (nothing ? 1 : 0),
                count(Outcome.FAILED) + (nothing ? 1 : 0),
                count(Outcome.NOT_APPLICABLE)));
    report.results().forEach(this::test);
    if (nothing) {
      test("applicable", "0", "<failure message=\"%s\"/>", report.failures());
    }
    return out.append("</testsuite>\n").toString();
  }

  private long count(Outcome outcome) {
    return report.results().stream().filter(each -> each.outcome() == outcome).count();
  }

  private void test(SmokeResult result) {
    String inner =
        switch (result.outcome()) {
          case PASSED -> "<system-out>%s</system-out>";
          case FAILED -> "<failure message=\"%s\"/>";
          case NOT_APPLICABLE -> "<skipped message=\"%s\"/>";
        };
    String seconds = String.format(Locale.ROOT, "%.3f", result.took().toMillis() / 1_000.0);
    test(result.test().key(), seconds, inner, result.reason());
  }

  private void test(String name, String seconds, String inner, String reason) {
    out.append("  <testcase classname=\"smoke\" name=\"%s\" time=\"%s\">".formatted(name, seconds));
    out.append(inner.replace("%s", escape(reason))).append("</testcase>\n");
  }

  /** Replaces what XML reserves, and what it cannot contain. */
  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            default -> escaped.appendCodePoint(isAllowed(point) ? point : ' ');
          }
        });
    return escaped.toString();
  }

  private static boolean isAllowed(int point) {
    return point >= ' '
        && point != 0xFFFE
        && point != 0xFFFF
        && !(point >= 0xD800 && point < 0xE000);
  }
}
