package io.gild.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Gild shows of itself.
 *
 * @param prometheusPort port of the scrape endpoint, 0 for any free one; {@code null} for none
 * @param log whether Gild writes log lines
 * @param report page that is written when the JVM ends; {@code null} for none
 * @param modelHosts patterns of the hosts that serve models, with or without a port; requests to
 *     them count wherever they are made
 */
public record Observability(
    @Nullable Integer prometheusPort, boolean log, @Nullable Path report, List<String> modelHosts) {

  /** Checks the values. */
  public Observability {
    if (prometheusPort != null) {
      Require.between(0, 65_535, prometheusPort, "prometheus-port");
    }
    for (String host : modelHosts) {
      if (host.isBlank() || host.indexOf('/') >= 0) {
        throw new IllegalArgumentException(
            "model-hosts holds \"" + host + "\", but takes hosts such as *.openai.azure.com");
      }
    }
    modelHosts = List.copyOf(modelHosts);
  }
}
