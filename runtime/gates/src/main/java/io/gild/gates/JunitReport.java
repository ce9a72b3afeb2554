package io.gild.gates;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Writes runs as JUnit XML, as build servers read it. */
final class JunitReport {

  private JunitReport() {}

  static String write(Report report) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    List<TaskResult> all = report.statistics().runs();
    out.append("<testsuites name=\"").append(escape(report.title())).append('"');
    counts(all, out).append(">\n");
    for (String agent : report.statistics().agents()) {
      suite(agent, report.statistics().of(agent), out);
    }
    return out.append("</testsuites>\n").toString();
  }

  private static void suite(String agent, Statistics own, StringBuilder out) {
    Instant first =
        own.runs().stream().map(TaskResult::started).min(Instant::compareTo).orElse(Instant.EPOCH);
    String timestamp =
        DateTimeFormatter.ISO_LOCAL_DATE_TIME
            .withZone(ZoneOffset.UTC)
            .format(first.truncatedTo(ChronoUnit.SECONDS));
    out.append("  <testsuite name=\"").append(escape(agent)).append('"');
    counts(own.runs(), out).append(" timestamp=\"").append(timestamp).append("\">\n");
    for (TaskStats task : own.tasks()) {
      for (TaskResult run : task.runs()) {
        test(run, task.runs().size() > 1, out);
      }
    }
    out.append("  </testsuite>\n");
  }

  private static StringBuilder counts(List<TaskResult> runs, StringBuilder out) {
    Duration time =
        runs.stream().map(run -> run.spent().latency()).reduce(Duration.ZERO, Duration::plus);
    return out.append(
        " tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"%s\""
            .formatted(
                runs.size(),
                runs.stream().filter(run -> kind(run).equals("failure")).count(),
                runs.stream().filter(run -> kind(run).equals("error")).count(),
                runs.stream().filter(run -> kind(run).equals("skipped")).count(),
                seconds(time)));
  }

  private static String kind(TaskResult run) {
    return switch (run.outcome()) {
      case PASSED -> "";
      case FAILED -> "failure";
      case ERROR, TIMED_OUT -> "error";
      case JUDGE_FAILED, SKIPPED -> "skipped";
    };
  }

  private static void test(TaskResult run, boolean repeated, StringBuilder out) {
    String name = run.key().task() + (repeated ? " [" + run.repeat() + "]" : "");
    out.append("    <testcase classname=\"").append(escape(run.key().agent()));
    out.append("\" name=\"").append(escape(name));
    out.append("\" time=\"").append(seconds(run.spent().latency())).append('"');
    String kind = kind(run);
    if (kind.isEmpty()) {
      out.append("/>\n");
      return;
    }
    String message = run.message().isEmpty() ? Reports.outcome(run) : run.message();
    out.append(">\n      <").append(kind).append(" message=\"").append(escape(message)).append('"');
    if (kind.equals("skipped")) {
      out.append("/>\n");
    } else {
      out.append(" type=\"").append(run.outcome()).append("\">").append(escape(details(run)));
      out.append("</").append(kind).append(">\n");
    }
    out.append("    </testcase>\n");
  }

  private static String details(TaskResult run) {
    StringBuilder text = new StringBuilder();
    text.append("asked: ").append(run.input()).append('\n');
    text.append("expected: ").append(run.expected()).append('\n');
    text.append("got: ").append(run.answer()).append('\n');
    for (CheckResult check : run.checks()) {
      text.append("%s: %s %s\n".formatted(check.outcome(), check.check(), check.reason()));
    }
    return text.toString();
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }

  /** Escapes a text; characters that XML does not allow become a question mark. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\n' -> out.append("&#10;");
            case '\t' -> out.append("&#9;");
            case '\r' -> out.append("&#13;");
            default -> {
              boolean legal =
                  c >= 0x20 && c <= 0xD7FF
                      || c >= 0xE000 && c <= 0xFFFD
                      || c >= 0x10000 && c <= 0x10FFFF;
              out.appendCodePoint(legal ? c : '?');
            }
          }
        });
    return out.toString();
  }
}
