package io.gild.dashboards;

import io.gild.config.Json;

/** The files in YAML. */
final class DeploymentYaml {

  private static final String MADE =
      "# Made by \"gild dashboards\"; changes are lost when it is made again.\n";

  private DeploymentYaml() {}

  static String rules(AlertRules rules) {
    StringBuilder yaml = new StringBuilder(MADE);
    yaml.append("groups:\n  - name: gild-recordings\n    interval: 30s\n    rules:\n");
    for (AlertRules.Recording recording : rules.recordings()) {
      yaml.append("      - record: ").append(recording.name()).append('\n');
      expression(yaml, recording.expression());
    }
    yaml.append("  - name: gild-alerts\n    rules:\n");
    rules.alerts().forEach(alert -> alert(yaml, alert));
    return yaml.toString();
  }

  private static void expression(StringBuilder yaml, String expression) {
    yaml.append("        expr: |\n");
    expression.lines().forEach(line -> yaml.append("          ").append(line).append('\n'));
  }

  private static void alert(StringBuilder yaml, Alert alert) {
    yaml.append("      - alert: ").append(alert.name()).append('\n');
    expression(yaml, alert.expression());
    if (!alert.lasting().isEmpty()) {
      yaml.append("        for: ").append(alert.lasting()).append('\n');
    }
    if (!alert.keepFiring().isEmpty()) {
      yaml.append("        keep_firing_for: ").append(alert.keepFiring()).append('\n');
    }
    yaml.append("        labels:\n          severity: ").append(alert.severity()).append('\n');
    if (!alert.objective().isEmpty()) {
      yaml.append("          objective: ").append(Json.write(alert.objective())).append('\n');
    }
    yaml.append("        annotations:\n");
    yaml.append("          summary: ").append(Json.write(alert.summary())).append('\n');
    yaml.append("          runbook: ").append(Json.write(alert.runbook())).append('\n');
  }

  static String provisioning() {
    return MADE
        + """
        apiVersion: 1
        providers:
          - name: gild
            folder: Gild
            type: file
            allowUiUpdates: false
            options:
              path: /var/lib/grafana/dashboards/gild
        """;
  }

  static String datasource() {
    return MADE
        + """
        apiVersion: 1
        datasources:
          - name: Prometheus
            type: prometheus
            access: proxy
            url: http://127.0.0.1:9090
            jsonData:
              timeInterval: 15s
              # Exemplars lead to traces in the data source with this identifier.
              exemplarTraceIdDestinations:
                - name: trace_id
                  datasourceUid: traces
        """;
  }

  static String prometheus() {
    return MADE
        + """
        # Exemplars need: prometheus --enable-feature=exemplar-storage
        global:
          scrape_interval: 15s
          evaluation_interval: 15s
        rule_files:
          - gild.rules.yml
        alerting:
          alertmanagers:
            - static_configs:
                - targets: ["127.0.0.1:9093"]
        scrape_configs:
          # The name of the job contains "gild": the alert GildDown looks for it.
          - job_name: gild
            static_configs:
              - targets: ["127.0.0.1:9464"]
        """;
  }

  static String alertmanager() {
    return MADE
        + """
        route:
          receiver: tickets
          group_by: [alertname, job, agent]
          group_wait: 30s
          group_interval: 5m
          repeat_interval: 4h
          routes:
            - receiver: pages
              matchers: ['severity="page"']
              repeat_interval: 1h
        receivers:
          # Put in the addresses of your own tools.
          - name: pages
            webhook_configs:
              - url: http://127.0.0.1:9999/pages
          - name: tickets
            webhook_configs:
              - url: http://127.0.0.1:9999/tickets
        inhibit_rules:
          # A JVM that is down explains why its agents have no calls.
          - source_matchers: ['alertname="GildDown"']
            target_matchers: ['alertname="GildTrafficGone"']
            equal: [job]
          # One alert about a budget at a time.
          - source_matchers: ['alertname="GildBudgetExhausted"']
            target_matchers: ['alertname=~"GildBudget[89]0Percent"']
            equal: [job, agent]
          - source_matchers: ['alertname="GildBudget90Percent"']
            target_matchers: ['alertname="GildBudget80Percent"']
            equal: [job, agent, budget, period]
          - source_matchers: ['alertname="GildErrorBudgetBurnFast"']
            target_matchers: ['alertname="GildErrorBudgetBurnSlow"']
            equal: [job, agent]
          - source_matchers: ['alertname="GildLatencyBudgetBurnFast"']
            target_matchers: ['alertname="GildLatencyBudgetBurnSlow"']
            equal: [job, agent]
        """;
  }
}
