package io.gild.dashboards;

import io.gild.config.Experimental;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One panel of a dashboard.
 *
 * @param title what it shows
 * @param description what it means and what to do, its thresholds included
 * @param kind how it is drawn
 * @param unit Grafana's name of the unit
 * @param targets its queries
 * @param thresholds from which values on it is amber and red; empty for none
 * @param width columns of 24
 * @param stacked whether series are stacked
 */
@Experimental
public record Panel(
    String title,
    String description,
    Kind kind,
    String unit,
    List<Target> targets,
    List<Double> thresholds,
    int width,
    boolean stacked) {

  /** The ways to draw a panel. */
  public enum Kind {
    /** One number. */
    STAT("stat", 4),
    /** A number on a scale. */
    GAUGE("gauge", 4),
    /** Lines over time. */
    TIMESERIES("timeseries", 8),
    /** Distribution over time. */
    HEATMAP("heatmap", 8),
    /** A bar per series. */
    BAR_GAUGE("bargauge", 8),
    /** A slice per series. */
    PIE("piechart", 8),
    /** A row per series. */
    TABLE("table", 8),
    /** States over time. */
    STATES("state-timeline", 8);

    private final String type;
    private final int height;

    Kind(String type, int height) {
      this.type = type;
      this.height = height;
    }

    String type() {
      return type;
    }

    int height() {
      return height;
    }
  }

  /**
   * One query.
   *
   * @param expression PromQL
   * @param legend name of each series; of a table, name of its column
   * @param unit Grafana's name of the unit
   */
  public record Target(String expression, String legend, String unit) {}

  /** Copies the lists. */
  public Panel {
    targets = List.copyOf(targets);
    thresholds = List.copyOf(thresholds);
  }

  static Panel of(Kind kind, String title, Unit unit, int width, String description) {
    return new Panel(title, description, kind, unit.id(), List.of(), List.of(), width, false);
  }

  Panel query(String expression, String legend) {
    return query(expression, legend, unit);
  }

  /** Adds a column of a table. */
  Panel column(String expression, String name, Unit columnUnit) {
    return query(expression, name, columnUnit.id());
  }

  private Panel query(String expression, String legend, String targetUnit) {
    List<Target> more = new ArrayList<>(targets);
    more.add(new Target(expression, legend, targetUnit));
    return new Panel(title, description, kind, unit, more, thresholds, width, stacked);
  }

  /** Adds the values from which on the panel is amber and red, also to the description. */
  Panel limits(double amber, double red) {
    String text =
        amber < red
            ? " Amber from %s, red from %s.".formatted(text(amber), text(red))
            : " Amber below %s, red below %s.".formatted(text(amber), text(red));
    return new Panel(
        title, description + text, kind, unit, targets, List.of(amber, red), width, stacked);
  }

  Panel stackedUp() {
    return new Panel(title, description, kind, unit, targets, thresholds, width, true);
  }

  private String text(double value) {
    DecimalFormat format =
        new DecimalFormat("#,##0.####", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return switch (unit) {
      case "percentunit" -> format.format(value * 100) + " %";
      case "s" -> format.format(value) + " s";
      case "currencyUSD" -> "$" + format.format(value);
      default -> format.format(value);
    };
  }
}
