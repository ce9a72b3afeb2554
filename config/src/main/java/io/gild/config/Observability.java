package io.gild.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Gild shows of itself.
 *
 * @param prometheusPort port of the scrape endpoint, 0 for any free one; {@code null} for none
 * @param log whether Gild writes log lines
 * @param callLog file of the lines on calls, or {@code stderr}; {@code null} for the application's
 *     SLF4J, which a javaagent does not see
 * @param callLogMaxBytes size at which that file becomes {@code FILE.1}, of which there is one
 * @param report page that is written when the JVM ends; {@code null} for none
 * @param modelHosts patterns of the hosts that serve models, with or without a port; requests to
 *     them count wherever they are made
 */
public record Observability(
    @Nullable Integer prometheusPort,
    boolean log,
    @Nullable Path callLog,
    long callLogMaxBytes,
    @Nullable Path report,
    List<String> modelHosts) {

  private static final long SMALLEST_CALL_LOG = 1_024;

  /** Checks the values. */
  public Observability {
    if (prometheusPort != null) {
      Require.between(0, 65_535, prometheusPort, "prometheus-port");
    }
    Require.atLeast(SMALLEST_CALL_LOG, callLogMaxBytes, "call-log-max-bytes");
    for (String host : modelHosts) {
      if (host.isBlank() || host.indexOf('/') >= 0) {
        throw new IllegalArgumentException(
            "model-hosts holds \"" + host + "\", but takes hosts such as *.openai.azure.com");
      }
    }
    modelHosts = List.copyOf(modelHosts);
  }
}
