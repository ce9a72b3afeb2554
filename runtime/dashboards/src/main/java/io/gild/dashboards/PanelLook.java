package io.gild.dashboards;

import static io.gild.dashboards.DashboardJson.fields;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How panels look. */
final class PanelLook {

  private static final String GREEN = "green";
  private static final String AMBER = "orange";
  private static final String RED = "red";

  private PanelLook() {}

  static Map<String, Object> fieldConfig(Panel panel) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("unit", panel.unit());
    defaults.put("color", fields("mode", colorMode(panel)));
    defaults.put("thresholds", fields("mode", "absolute", "steps", steps(panel.thresholds())));
    switch (panel.kind()) {
      case GAUGE -> {
        defaults.put("min", 0);
        defaults.put("max", 1);
      }
      case TIMESERIES -> {
        defaults.put("custom", lines(panel));
      }
      case STATES -> {
        defaults.put("custom", fields("fillOpacity", 80, "lineWidth", 0));
        defaults.put("mappings", List.of(fields("type", "value", "options", states())));
      }
      default -> {}
    }
    return fields("defaults", defaults, "overrides", columns(panel));
  }

  /** Returns the units of the columns of a table. */
  private static List<Object> columns(Panel panel) {
    return panel.kind() != Panel.Kind.TABLE
        ? List.of()
        : panel.targets().stream()
            .<Object>map(target ->
                fields(
                    "matcher", fields("id", "byName", "options", target.legend()),
                    "properties", List.of(fields("id", "unit", "value", target.unit()))))
            .toList();
  }

  private static String colorMode(Panel panel) {
    return panel.thresholds().isEmpty() || panel.kind() == Panel.Kind.TIMESERIES
        ? "palette-classic"
        : "thresholds";
  }

  /** Returns the colours; limits that fall mean that small values are bad. */
  private static List<Object> steps(List<Double> limits) {
    List<Object> steps = new ArrayList<>();
    boolean falling = limits.size() == 2 && limits.get(0) > limits.get(1);
    Map<String, Object> base = new LinkedHashMap<>();
    base.put("color", falling ? RED : GREEN);
    base.put("value", null);
    steps.add(base);
    if (limits.size() == 2) {
      steps.add(fields("color", AMBER, "value", falling ? limits.get(1) : limits.get(0)));
      steps.add(
          fields("color", falling ? GREEN : RED, "value", falling ? limits.get(0) : limits.get(1)));
    }
    return steps;
  }

  private static Map<String, Object> lines(Panel panel) {
    return fields(
        "drawStyle",
        "line",
        "lineInterpolation",
        "linear",
        "lineWidth",
        1,
        "fillOpacity",
        panel.stacked() ? 30 : 0,
        "showPoints",
        "never",
        "spanNulls",
        false,
        "stacking",
        fields("mode", panel.stacked() ? "normal" : "none", "group", "A"),
        "thresholdsStyle",
        fields("mode", panel.thresholds().isEmpty() ? "off" : "line"));
  }

  private static Map<String, Object> states() {
    return fields(
        "0", fields("text", "closed", "color", GREEN, "index", 0),
        "1", fields("text", "half open", "color", AMBER, "index", 1),
        "2", fields("text", "open", "color", RED, "index", 2));
  }

  static Map<String, Object> options(Panel panel) {
    Map<String, Object> last =
        fields("calcs", List.of("lastNotNull"), "fields", "", "values", false);
    return switch (panel.kind()) {
      case STAT ->
          fields(
              "reduceOptions",
              last,
              "colorMode",
              panel.thresholds().isEmpty() ? "none" : "value",
              "graphMode",
              "none",
              "justifyMode",
              "auto",
              "textMode",
              panel.targets().size() > 1 ? "value_and_name" : "auto");
      case GAUGE ->
          fields("reduceOptions", last, "showThresholdMarkers", true, "showThresholdLabels", false);
      case BAR_GAUGE ->
          fields(
              "reduceOptions",
              last,
              "orientation",
              "horizontal",
              "displayMode",
              "basic",
              "showUnfilled",
              true);
      case PIE ->
          fields(
              "reduceOptions",
              last,
              "pieType",
              "donut",
              "legend",
              fields("displayMode", "table", "placement", "right", "values", List.of("value")));
      case TIMESERIES ->
          fields(
              "tooltip", fields("mode", "multi", "sort", "desc"),
              "legend",
                  fields(
                      "displayMode", "table",
                      "placement", "bottom",
                      "calcs", List.of("lastNotNull", "max")));
      case HEATMAP ->
          fields(
              "calculate", false,
              "yAxis", fields("unit", panel.unit(), "axisPlacement", "left"),
              "color", fields("mode", "scheme", "scheme", "Oranges", "steps", 64),
              "cellGap", 1,
              "tooltip", fields("mode", "single", "yHistogram", true));
      case TABLE -> fields("showHeader", true, "cellHeight", "sm");
      case STATES ->
          fields(
              "mergeValues",
              true,
              "showValue",
              "never",
              "rowHeight",
              0.8,
              "legend",
              fields("displayMode", "list", "placement", "bottom"));
    };
  }

  /** A table joins its queries into one row per series, with a column for each query. */
  static List<Object> transformations(Panel panel) {
    if (panel.kind() != Panel.Kind.TABLE) {
      return List.of();
    }
    Map<String, Object> names = new LinkedHashMap<>();
    for (int i = 0; i < panel.targets().size(); i++) {
      names.put("Value #" + (char) ('A' + i), panel.targets().get(i).legend());
    }
    return List.of(
        fields("id", "merge", "options", fields()),
        fields(
            "id",
            "organize",
            "options",
            fields("excludeByName", fields("Time", true), "renameByName", names)));
  }
}
