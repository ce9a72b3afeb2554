package io.gild.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What Gild shows of itself.
 *
 * @param prometheusPort port of the scrape endpoint, 0 for any free one; {@code null} for none
 * @param log whether Gild writes log lines
 * @param report page that is written when the JVM ends; {@code null} for none
 */
public record Observability(@Nullable Integer prometheusPort, boolean log, @Nullable Path report) {

  /** Checks the values. */
  public Observability {
    if (prometheusPort != null) {
      Require.between(0, 65_535, prometheusPort, "prometheus-port");
    }
  }
}
