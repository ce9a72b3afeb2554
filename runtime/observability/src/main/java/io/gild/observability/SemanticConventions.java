package io.gild.observability;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of OpenTelemetry's GenAI conventions whose names are exported. */
enum SemanticConventions {
  /** The names of 1.41, which most dashboards have. */
  V1_41("1.41"),
  /** The names of 0.1.0, the first release of the conventions by themselves. */
  V0_1("0.1"),
  /** Both. */
  BOTH("both");

  private static final String SCHEMAS = "https://opentelemetry.io/schemas/";
  private static final String LATEST = "gen_ai_latest_experimental";
  private static final String DUPLICATED = LATEST + "/dup";

  private final String key;

  SemanticConventions(String key) {
    this.key = key;
  }

  /** Returns the value in the settings. */
  String key() {
    return key;
  }

  /** Returns all values in the settings. */
  static List<String> keys() {
    return Arrays.stream(values()).map(SemanticConventions::key).toList();
  }

  /**
   * Returns the conventions of a value in the settings; unless that is given, OpenTelemetry's
   * variable takes precedence over the default.
   *
   * @param optIn the value of {@code OTEL_SEMCONV_STABILITY_OPT_IN}, or {@code null}
   */
  static SemanticConventions of(String key, boolean given, @Nullable String optIn) {
    if (!given && optIn != null) {
      List<String> tokens = Arrays.stream(optIn.split(",", -1)).map(String::strip).toList();
      if (tokens.contains(DUPLICATED)) {
        return BOTH;
      }
      if (tokens.contains(LATEST)) {
        return V0_1;
      }
    }
    return Arrays.stream(values())
        .filter(each -> each.key.equals(key))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("semconv must be one of " + keys() + ", but is " + key));
  }

  /** Returns the schema of the spans and meters; the older one if they have the names of both. */
  String schemaUrl() {
    return SCHEMAS + (this == V0_1 ? "gen-ai/0.1.0" : "1.41.1");
  }

  boolean hasOld() {
    return this != V0_1;
  }

  boolean hasNew() {
    return this != V1_41;
  }
}
