package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry, logs and reports of Gild.
 *
 * @param prometheusPort port of the scrape endpoint, 0 for any free one; {@code null} for none
 * @param prometheusAddress address that the endpoint listens on, such as {@code 0.0.0.0} in a
 *     container; {@code null} for the loopback address
 * @param log whether Gild writes log lines
 * @param callLog file of the lines on calls, or {@code stderr}; {@code null} for the application's
 *     SLF4J, which a javaagent does not see
 * @param callLogMaxBytes size at which that file becomes {@code FILE.1}, the only older file
 * @param report page that is written when the JVM ends; {@code null} for none
 * @param semconv version of the GenAI conventions whose names spans and meters have: {@code 1.41},
 *     {@code 0.1} or {@code both}
 * @param maxSeries the most time series of all meters together, a timer counted once; further ones
 *     share the tags {@code other}
 * @param redact regular expressions of further secrets in the prompts and answers of spans
 * @param contentMaxBytes the most bytes of an attribute with prompts or answers; what is longer is
 *     shortened
 * @param traces which traces are recorded by the SDK that the javaagent includes
 */
@Experimental
public record Observability(
    @Nullable Integer prometheusPort,
    @Nullable String prometheusAddress,
    boolean log,
    @Nullable Path callLog,
    long callLogMaxBytes,
    @Nullable Path report,
    String semconv,
    int maxSeries,
    List<String> redact,
    int contentMaxBytes,
    TraceSampling traces) {

  /** The section {@code observability}. */
  public static final Section<Observability> SECTION =
      Section.of("observability", Observability.class)
          .optional(
              Observability.class, "prometheus-port", "prometheus-address", "call-log", "report")
          .optional(TraceSampling.class, "keep-slower-than", "keep-dearer-than");

  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z.:%_-]{1,253}");
  private static final long SMALLEST_CALL_LOG = 1_024;
  private static final long FEWEST_SERIES = 1_000;
  private static final int FEWEST_BYTES = 256;
  private static final int MOST_BYTES = 1_048_576;

  /** Checks the values. */
  public Observability {
    if (prometheusPort != null) {
      Require.between(0, 65_535, prometheusPort, "prometheus-port");
    }
    if (prometheusAddress != null && !ADDRESS.matcher(prometheusAddress).matches()) {
      throw new IllegalArgumentException(
          "prometheus-address must be an IP address such as 0.0.0.0, or the name of a host, but is \""
              + prometheusAddress
              + "\"");
    }
    if (!SemanticConventions.keys().contains(semconv)) {
      throw new IllegalArgumentException(
          "semconv must be one of " + SemanticConventions.keys() + ", but is " + semconv);
    }
    Require.atLeast(FEWEST_SERIES, maxSeries, "max-series");
    redact = List.copyOf(redact);
    redact.forEach(Observability::check);
    Require.between(FEWEST_BYTES, MOST_BYTES, contentMaxBytes, "content-max-bytes");
    Require.atLeast(SMALLEST_CALL_LOG, callLogMaxBytes, "call-log-max-bytes");
  }

  private static void check(String pattern) {
    try {
      if (Pattern.compile(pattern).matcher("").find()) {
        throw new IllegalArgumentException(
            "redact has the pattern '"
                + pattern
                + "', which matches an empty text: write a pattern of at least one character");
      }
    } catch (PatternSyntaxException invalid) {
      throw new IllegalArgumentException(
          "redact has the pattern '"
              + pattern
              + "', which is not a regular expression: "
              + invalid.getDescription(),
          invalid);
    }
  }
}
