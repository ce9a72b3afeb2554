package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent spent on a task: an extension of the protocol, which an agent of Gild reports to
 * clients that ask for it.
 *
 * @param nanoUsd billionths of a US dollar
 * @param inputTokens tokens of the requests to models
 * @param outputTokens tokens of their answers
 * @param requests requests to models
 */
@Experimental
public record ReportedUsage(long nanoUsd, long inputTokens, long outputTokens, long requests) {

  /** The URI of the extension, which is also the key in the metadata of artifacts. */
  public static final String URI = "https://gild.io/a2a/usage/1";

  /**
   * Returns the usage as JSON.
   *
   * @return an object with numbers
   */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("nanoUsd", nanoUsd);
    json.put("inputTokens", inputTokens);
    json.put("outputTokens", outputTokens);
    json.put("requests", requests);
    return json;
  }

  /**
   * Reads what a task reports.
   *
   * @param task the task
   * @return the sums of its artifacts, or {@code null} if it reports nothing
   */
  public static @Nullable ReportedUsage of(A2aTask task) {
    ReportedUsage sum = null;
    for (A2aArtifact artifact : task.artifacts()) {
      ReportedUsage one = of(artifact);
      if (one != null) {
        sum = sum == null ? one : sum.plus(one);
      }
    }
    return sum;
  }

  /**
   * Reads what an artifact reports.
   *
   * @param artifact the artifact
   * @return the usage, or {@code null} if it reports nothing
   */
  public static @Nullable ReportedUsage of(A2aArtifact artifact) {
    return artifact.metadata().get(URI) instanceof Map<?, ?> json
        ? new ReportedUsage(
            number(json, "nanoUsd"),
            number(json, "inputTokens"),
            number(json, "outputTokens"),
            number(json, "requests"))
        : null;
  }

  private static long number(Map<?, ?> json, String key) {
    return json.get(key) instanceof Number number ? Math.max(0, number.longValue()) : 0;
  }

  private ReportedUsage plus(ReportedUsage other) {
    return new ReportedUsage(
        nanoUsd + other.nanoUsd,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        requests + other.requests);
  }
}
