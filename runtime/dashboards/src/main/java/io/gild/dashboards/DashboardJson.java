package io.gild.dashboards;

import io.gild.config.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes dashboards in Grafana's classic schema 42. */
final class DashboardJson {

  private static final int SCHEMA = 42;
  private static final int COLUMNS = 24;
  private static final Map<String, Object> DATASOURCE =
      fields("type", "prometheus", "uid", "${datasource}");

  private static final String OF_JOB = "{job=~\"$job\"}";

  private final Vocabulary meters;
  private final Dashboard dashboard;
  private final List<Dashboard> others;
  private final double slo;
  private final List<Object> panels = new ArrayList<>();
  private int line;

  private DashboardJson(
      Vocabulary meters, Dashboard dashboard, List<Dashboard> others, double slo) {
    this.meters = meters;
    this.dashboard = dashboard;
    this.others = others;
    this.slo = slo;
  }

  static String of(Vocabulary meters, Dashboard dashboard, List<Dashboard> all, double slo) {
    List<Dashboard> others =
        all.stream().filter(other -> !other.uid().equals(dashboard.uid())).toList();
    return Json.pretty(new DashboardJson(meters, dashboard, others, slo).json());
  }

  private Map<String, Object> json() {
    dashboard.rows().forEach(this::row);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("uid", dashboard.uid());
    json.put("title", dashboard.title());
    json.put("description", dashboard.description());
    json.put("tags", List.of("gild"));
    json.put("schemaVersion", SCHEMA);
    json.put("version", 1);
    json.put("editable", false);
    json.put("graphTooltip", 1);
    json.put("refresh", "30s");
    json.put("timezone", "browser");
    json.put("time", fields("from", "now-1h", "to", "now"));
    json.put("annotations", fields("list", annotations()));
    json.put("templating", fields("list", variables()));
    json.put("links", others.stream().map(DashboardJson::link).toList());
    json.put("panels", panels);
    return json;
  }

  private static Map<String, Object> link(Dashboard other) {
    return fields(
        "type",
        "link",
        "title",
        other.title(),
        "url",
        "/d/" + other.uid(),
        "keepTime",
        true,
        "includeVars",
        true,
        "targetBlank",
        false,
        "asDropdown",
        false,
        "icon",
        "dashboard",
        "tags",
        List.of(),
        "tooltip",
        other.description());
  }

  private List<Object> annotations() {
    Metric flags = meters.chosen("gild.anomaly.detected");
    return List.of(
        fields(
            "name", "Flags of anomalies",
            "datasource", DATASOURCE,
            "enable", true,
            "iconColor", "orange",
            "expr", flags.sumBy(flags.increase(Metric.RATE), "agent", "signal") + " > 0",
            "titleFormat", "{{agent}}: {{signal}} is unusual",
            "step", "60s"));
  }

  private List<Object> variables() {
    return List.of(
        fields(
            "name", "datasource",
            "label", "Data Source",
            "type", "datasource",
            "query", "prometheus",
            "hide", 0),
        query("job", values("gild.info", "", "job")),
        query("instance", values("gild.info", OF_JOB, "instance")),
        query("agent", values("gild.agent.requests", OF_JOB, "agent")),
        fields(
            "name",
            "slo",
            "label",
            "Availability objective",
            "type",
            "custom",
            "query",
            choices(),
            "current",
            fields("text", text(slo), "value", text(slo)),
            "hide",
            0));
  }

  private String values(String meter, String selector, String label) {
    return "label_values(" + meters.spec(meter).prometheusName() + selector + ", " + label + ")";
  }

  private String choices() {
    List<String> choices = new ArrayList<>(List.of("0.95", "0.99", "0.995", "0.999"));
    if (!choices.contains(text(slo))) {
      choices.add(0, text(slo));
    }
    return String.join(",", choices);
  }

  private static String text(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static Map<String, Object> query(String name, String query) {
    return fields(
        "name",
        name,
        "label",
        name,
        "type",
        "query",
        "datasource",
        DATASOURCE,
        "query",
        fields("query", query, "refId", name),
        "definition",
        query,
        "refresh",
        2,
        "sort",
        1,
        "multi",
        true,
        "includeAll",
        true,
        "allValue",
        ".+",
        "current",
        fields("text", "All", "value", "$__all"),
        "hide",
        0);
  }

  private void row(Dashboard.Row row) {
    panels.add(
        fields(
            "id",
            panels.size() + 1,
            "type",
            "row",
            "title",
            row.title(),
            "collapsed",
            false,
            "gridPos",
            position(0, COLUMNS, 1),
            "panels",
            List.of()));
    line++;
    int column = 0;
    int height = 0;
    for (Panel panel : row.panels()) {
      if (column + panel.width() > COLUMNS) {
        line += height;
        column = 0;
        height = 0;
      }
      panels.add(panel(panel, position(column, panel.width(), panel.kind().height())));
      column += panel.width();
      height = Math.max(height, panel.kind().height());
    }
    line += height;
  }

  private Map<String, Object> position(int column, int width, int height) {
    return fields("x", column, "y", line, "w", width, "h", height);
  }

  private Map<String, Object> panel(Panel panel, Map<String, Object> position) {
    List<Object> targets = new ArrayList<>();
    for (Panel.Target target : panel.targets()) {
      targets.add(target(panel, target, targets.size()));
    }
    return fields(
        "id", panels.size() + 1,
        "type", panel.kind().type(),
        "title", panel.title(),
        "description", panel.description(),
        "datasource", DATASOURCE,
        "gridPos", position,
        "fieldConfig", PanelLook.fieldConfig(panel),
        "options", PanelLook.options(panel),
        "transformations", PanelLook.transformations(panel),
        "targets", targets);
  }

  private static Map<String, Object> target(Panel panel, Panel.Target target, int index) {
    boolean range =
        switch (panel.kind()) {
          case TIMESERIES, HEATMAP, STATES -> true;
          case STAT, GAUGE, BAR_GAUGE, PIE, TABLE -> false;
        };
    return fields(
        "refId",
        String.valueOf((char) ('A' + index)),
        "datasource",
        DATASOURCE,
        "expr",
        target.expression(),
        "legendFormat",
        target.legend(),
        "range",
        range,
        "instant",
        !range,
        "exemplar",
        panel.kind() == Panel.Kind.TIMESERIES && target.expression().contains("_bucket"),
        "format",
        format(panel.kind()));
  }

  private static String format(Panel.Kind kind) {
    return switch (kind) {
      case TABLE -> "table";
      case HEATMAP -> "heatmap";
      default -> "time_series";
    };
  }

  /** Returns a map in the order of the arguments. */
  static Map<String, Object> fields(@Nullable Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        fields.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return fields;
  }
}
