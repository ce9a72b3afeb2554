package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Html;
import io.gild.operations.spi.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Draws a rollout: the new version's share over the time, with each decision. The drawing is an
 * {@code <svg>} whose colors come from {@link RolloutPage}, light and dark. Immutable.
 */
@Experimental
public final class RolloutPicture {

  /**
   * Something beside the decisions, such as a fault.
   *
   * @param at when
   * @param text what, in a few words
   */
  private record Mark(Instant at, String text) {}

  private static final int WIDTH = 760;
  private static final int HEIGHT = 190;
  private static final int LEFT = 52;
  private static final int RIGHT = 26;
  private static final int TOP = 34;
  private static final int BOTTOM = 30;
  private static final int[] SHARES = {0, Share.ALL / 2, Share.ALL};
  private static final double HUNDREDTHS = 100;
  private static final double AFTER_END = 0.06;
  private static final double NANOS = 1e9;
  private static final int LABEL_SPACE = 9;
  private static final int MOST_LABEL = 40;

  /** Lifts a label over another one, in hundredths of a percent. */
  private static final int CROWDED = 1_500;

  private final RolloutRecord record;
  private final List<Mark> marks;
  private final double seconds;
  private final StringBuilder out = new StringBuilder();

  private RolloutPicture(RolloutRecord record, List<Mark> marks) {
    this.record = record;
    this.marks = List.copyOf(marks);
    double last = after(record.events().get(record.events().size() - 1).at());
    for (Mark mark : marks) {
      last = Math.max(last, after(mark.at()));
    }
    this.seconds = Math.max(1, last * (1 + AFTER_END));
  }

  /**
   * Draws a rollout.
   *
   * @param record what happened to it
   * @return the picture
   */
  public static RolloutPicture of(RolloutRecord record) {
    return new RolloutPicture(record, List.of());
  }

  /**
   * Adds something that happened beside the decisions.
   *
   * @param at when; before the start, it is drawn at the start
   * @param text what, in a few words
   * @return a picture with it
   */
  public RolloutPicture withMark(Instant at, String text) {
    List<Mark> more = new ArrayList<>(marks);
    more.add(new Mark(at.isBefore(record.started()) ? record.started() : at, text));
    return new RolloutPicture(record, more);
  }

  /**
   * Returns why a decision was made, in a few words.
   *
   * @param event the decision
   * @return the criteria that failed, {@code guard}, a person, or the whole reason
   */
  public static String cause(RolloutEvent event) {
    String failed =
        event.verdicts().stream()
            .filter(verdict -> "FAIL".equals(verdict.get("verdict")))
            .map(verdict -> String.valueOf(verdict.get("name")))
            .collect(Collectors.joining(", "));
    if (event.reason().startsWith("guard: ")) {
      return "guard";
    }
    if (!event.who().equals(RolloutLog.GILD)) {
      return event.who();
    }
    return failed.isEmpty() ? event.reason() : failed;
  }

  /**
   * Returns the drawing.
   *
   * @return an {@code <svg>} element
   */
  public String svg() {
    out.setLength(0);
    add(
        "<svg class=\"rollout\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
        WIDTH, HEIGHT, Html.escape(description()));
    grid();
    curve();
    marks.forEach(this::mark);
    record.events().forEach(this::dot);
    labels();
    return out.append("</svg>").toString();
  }

  private String description() {
    return "Share of version "
        + record.canary()
        + " over "
        + Math.round(seconds)
        + " seconds; at the end it is "
        + RolloutPage.words(record.state());
  }

  private void grid() {
    for (int share : SHARES) {
      add(
          "<line class=\"%s\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
          share == 0 ? "axis" : "grid", LEFT, y(share), WIDTH - RIGHT, y(share));
      text("tick", LEFT - 10, y(share) + 4, "end", share / 100 + " %");
    }
    double step = step();
    for (double at = 0; at <= seconds; at += step) {
      text("tick", x(at), HEIGHT - 8, "middle", time(at));
    }
  }

  /** Returns a round number of seconds between two ticks, at most nine of which fit. */
  private double step() {
    for (double step : new double[] {1, 2, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 14_400}) {
      if (seconds / step <= 9) {
        return step;
      }
    }
    return Math.ceil(seconds / 9 / 86_400) * 86_400;
  }

  private String time(double at) {
    if (step() < 60) {
      return number(at) + " s";
    }
    return step() < 3_600 ? number(at / 60) + " min" : number(at / 3_600) + " h";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  /** The share as a line of steps, and the surface below it. */
  private void curve() {
    StringBuilder line = new StringBuilder();
    double height = y(0);
    append(line, 'M', x(0), height);
    for (RolloutEvent event : record.events()) {
      double x = x(after(event.at()));
      append(line, 'L', x, height);
      height = y(shown(event));
      append(line, 'L', x, height);
    }
    append(line, 'L', WIDTH - RIGHT, height);
    add("<path class=\"surface\" d=\"%sL%d %.1fZ\"/>", line, WIDTH - RIGHT, y(0));
    add("<path class=\"share\" d=\"%s\"/>", line);
  }

  private static int shown(RolloutEvent event) {
    return event.achieved() >= 0 ? event.achieved() : event.share();
  }

  private void mark(Mark mark) {
    double x = x(after(mark.at()));
    add(
        "<line class=\"fault\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%.1f\"/>",
        x, TOP - 6, x, y(0));
    text("fault-label", x, TOP - 14, anchor(x, mark.text()), mark.text());
  }

  private void dot(RolloutEvent event) {
    add(
        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"><title>%s</title></circle>",
        style(event), x(after(event.at())), y(shown(event)), Html.escape(hint(event)));
  }

  private static String style(RolloutEvent event) {
    return switch (event.state()) {
      case ROLLING_BACK, ROLLED_BACK -> "bad";
      case PROMOTED -> "good";
      case PAUSED -> "waits";
      default -> "step";
    };
  }

  private String hint(RolloutEvent event) {
    return String.format(
        Locale.ROOT,
        "%.1f s: %s, %s %% by %s. %s",
        after(event.at()),
        RolloutPage.words(event.state()),
        number(shown(event) / HUNDREDTHS),
        event.who(),
        event.reason());
  }

  /** Labels the shares, and what ended the rollout; one that would cover another is left out. */
  private void labels() {
    double free = 0;
    int before = 0;
    for (RolloutEvent event : record.events()) {
      double x = x(after(event.at()));
      String label = label(event);
      boolean ends = event.state() == RolloutState.ROLLING_BACK;
      if (ends) {
        end(x, Math.max(before, free > x ? before + CROWDED : before), label, style(event));
      } else if (!label.isEmpty() && x >= free) {
        text("label " + style(event), x, y(shown(event)) - 10, anchor(x, label), label);
        free = x + label.length() * LABEL_SPACE;
      }
      before = shown(event);
    }
  }

  /** Writes beside the fall of the share, on the side where there is more room. */
  private void end(double x, int share, String label, String style) {
    String anchor = anchor(x, label);
    double place = anchor.equals("end") ? x - 4 : x + 10;
    double height = anchor.equals("end") ? y(share) - 10 : (y(share) + y(0)) / 2 - 4;
    text("label " + style, place, Math.min(height, y(0) - 14), anchor, label);
  }

  private static String label(RolloutEvent event) {
    return switch (event.state()) {
      case ROLLING_BACK -> "taken back" + shortCause(event);
      case PROMOTED -> "promoted";
      case PAUSED -> "waits for a person";
      case STARTING, ROLLED_BACK -> "";
      default -> number(shown(event) / HUNDREDTHS) + " %";
    };
  }

  /** Returns nothing for a whole sentence, which stands below the picture. */
  private static String shortCause(RolloutEvent event) {
    String cause = cause(event);
    return cause.length() <= MOST_LABEL ? ": " + cause : "";
  }

  /** Returns the side on which a text has room. */
  private static String anchor(double x, String text) {
    return x + text.length() * LABEL_SPACE > WIDTH - RIGHT ? "end" : "start";
  }

  private double after(Instant at) {
    return Math.max(0, Duration.between(record.started(), at).toNanos() / NANOS);
  }

  private double x(double at) {
    return LEFT + (WIDTH - LEFT - RIGHT) * at / seconds;
  }

  private static double y(int share) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (share / (double) Share.ALL);
  }

  private static void append(StringBuilder line, char command, double x, double y) {
    line.append(String.format(Locale.ROOT, "%c%.1f %.1f", command, x, y));
  }

  private void text(String style, double x, double y, String anchor, String text) {
    add(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        style, x, y, anchor, Html.escape(text));
  }

  private void add(String pattern, Object... values) {
    out.append(String.format(Locale.ROOT, pattern, values)).append('\n');
  }

  /**
   * Returns the record that is drawn.
   *
   * @return the rollout
   */
  public RolloutRecord record() {
    return record;
  }

  /** Returns the verdicts of the decision that counts: the last one that has any. */
  static List<Map<String, ?>> verdicts(RolloutRecord record) {
    List<Map<String, ?>> last = List.of();
    for (RolloutEvent event : record.events()) {
      if (!event.verdicts().isEmpty() && event.state() != RolloutState.ROLLED_BACK) {
        last = new ArrayList<>(event.verdicts());
      }
    }
    return last;
  }
}
