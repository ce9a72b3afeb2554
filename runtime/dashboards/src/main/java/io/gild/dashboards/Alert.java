package io.gild.dashboards;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule of Prometheus.
 *
 * @param name its name
 * @param expression PromQL; its result has the labels of the alert
 * @param lasting how long the expression must hold first, such as {@code 5m}; empty for not at all
 * @param keepFiring how long the alert lasts after the expression held last; empty for not at all
 * @param objective name of the objective that is missed; empty for none
 * @param page whether a person is called; else a ticket is enough
 * @param summary one line, with labels as {@code {{ $labels.agent }}}
 * @param runbook what it means, and what to do
 */
@Experimental
public record Alert(
    String name,
    String expression,
    String lasting,
    String keepFiring,
    String objective,
    boolean page,
    String summary,
    String runbook) {

  /** Returns the severity, for routes. */
  String severity() {
    return page ? "page" : "ticket";
  }

  static Builder named(String name) {
    return new Builder(name);
  }

  /** Makes an alert. */
  static final class Builder {

    private final String name;
    private String expression = "";
    private String lasting = "";
    private String keepFiring = "";
    private String objective = "";
    private boolean page;
    private @Nullable String summary;

    private Builder(String name) {
      this.name = name;
    }

    Builder when(String promQl) {
      expression = promQl;
      return this;
    }

    Builder lasting(String duration) {
      lasting = duration;
      return this;
    }

    Builder keepFiring(String duration) {
      keepFiring = duration;
      return this;
    }

    Builder objective(String agent) {
      objective = agent;
      return this;
    }

    Builder page() {
      page = true;
      return this;
    }

    Builder summary(String text) {
      summary = text;
      return this;
    }

    Alert runbook(String text) {
      return new Alert(
          name,
          expression,
          lasting,
          keepFiring,
          objective,
          page,
          summary == null ? name : summary,
          text);
    }
  }
}
