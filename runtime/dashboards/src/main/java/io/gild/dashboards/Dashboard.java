package io.gild.dashboards;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.List;

/**
 * A dashboard of Grafana.
 *
 * @param uid its identifier, which links use
 * @param title the title
 * @param description what it answers
 * @param rows its panels, by row
 */
@Experimental
public record Dashboard(String uid, String title, String description, List<Row> rows) {

  /**
   * Panels below a heading.
   *
   * @param title the heading
   * @param panels the panels from left to right, line after line
   */
  public record Row(String title, List<Panel> panels) {

    /** Copies the list. */
    public Row {
      panels = List.copyOf(panels);
    }
  }

  /** Copies the list. */
  public Dashboard {
    rows = List.copyOf(rows);
  }

  static Dashboard of(String uid, String title, String description) {
    return new Dashboard(uid, title, description, List.of());
  }

  Dashboard row(String heading, Panel... panels) {
    List<Row> more = new ArrayList<>(rows);
    more.add(new Row(heading, List.of(panels)));
    return new Dashboard(uid, title, description, more);
  }

  /**
   * Returns all panels.
   *
   * @return the panels in order
   */
  public List<Panel> panels() {
    return rows.stream().flatMap(row -> row.panels().stream()).toList();
  }
}
