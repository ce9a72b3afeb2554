package io.gild.dashboards;

import io.gild.config.Experimental;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files for Grafana, Prometheus and Alertmanager.
 *
 * @param files contents by path, with slashes
 */
@Experimental
public record Deployment(Map<String, String> files) {

  /** Copies the map. */
  public Deployment {
    files = Map.copyOf(files);
  }

  /**
   * Returns the dashboards.
   *
   * @param meters the declared meters
   * @return the four dashboards
   */
  public static List<Dashboard> dashboards(Vocabulary meters) {
    return List.of(
        AgentsDashboard.of(meters),
        CostDashboard.of(meters),
        ReliabilityDashboard.of(meters),
        ModelsDashboard.of(meters));
  }

  /**
   * Makes all files.
   *
   * @param meters the declared meters
   * @param slos objectives by name of the agent, and {@code default}
   * @return the files
   * @throws IllegalArgumentException if an objective is impossible
   */
  public static Deployment of(Vocabulary meters, Map<String, SloSettings> slos) {
    AlertRules rules = AlertRules.of(meters, slos);
    SloSettings usual = slos.getOrDefault(SloSettings.DEFAULT, SloSettings.SHIPPED);
    Double availability = usual.over(SloSettings.SHIPPED).availability();
    Map<String, String> files = new LinkedHashMap<>();
    List<Dashboard> all = dashboards(meters);
    for (Dashboard dashboard : all) {
      files.put(
          "grafana/dashboards/" + dashboard.uid() + ".json",
          DashboardJson.of(meters, dashboard, all, availability == null ? 0.99 : availability)
              + "\n");
    }
    files.put("grafana/provisioning/dashboards/gild.yaml", DeploymentYaml.provisioning());
    files.put("grafana/provisioning/datasources/gild.yaml", DeploymentYaml.datasource());
    files.put("prometheus/gild.rules.yml", DeploymentYaml.rules(rules));
    files.put("prometheus/prometheus.yml", DeploymentYaml.prometheus());
    files.put("alertmanager/alertmanager.yml", DeploymentYaml.alertmanager());
    return new Deployment(files);
  }
}
