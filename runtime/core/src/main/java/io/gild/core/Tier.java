package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class of models between which calls are routed.
 *
 * @param model the model that serves the tier; empty means that the tier is not available
 * @param maxComplexity highest estimated complexity of a prompt that the tier takes; from 0 to 1
 * @param endpoint URL of a server with Ollama's API, such as {@code http://localhost:11434}; the
 *     tier is used only while the server answers and has the model. Empty if nothing is checked
 */
@Experimental
public record Tier(String model, double maxComplexity, @Nullable String endpoint) {

  /** The section {@code tiers}: tiers by name, cheapest first. */
  public static final Section<Map<String, Tier>> SECTION =
      Section.mapOf("tiers", Tier.class).optional(Tier.class, "endpoint");

  /** Checks the values. */
  public Tier {
    Require.between(0, 1, maxComplexity, "max-complexity");
    endpoint = endpoint == null ? "" : endpoint;
    if (!endpoint.isEmpty() && !endpoint.matches("https?://[^/\\s]+.*")) {
      throw new IllegalArgumentException(
          "endpoint must be a URL such as http://localhost:11434, but is \"" + endpoint + "\"");
    }
  }

  /**
   * Creates a tier that is always used.
   *
   * @param model the model that serves the tier
   * @param maxComplexity highest estimated complexity of a prompt that the tier takes
   */
  public Tier(String model, double maxComplexity) {
    this(model, maxComplexity, "");
  }

  @Override
  public String endpoint() {
    return endpoint == null ? "" : endpoint;
  }

  /**
   * Returns whether the tier is available.
   *
   * @return {@code true} if a model serves it
   */
  public boolean available() {
    return !model.isEmpty();
  }
}
