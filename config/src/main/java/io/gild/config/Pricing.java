package io.gild.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the price of a model is found.
 *
 * @param unknown what a model without a price costs
 * @param aliases models by the names of deployments: {@code {my-deployment: gpt-4o}}
 */
@Experimental
public record Pricing(Unknown unknown, Map<String, String> aliases) {

  /** The section {@code pricing}. */
  public static final Section<Pricing> SECTION =
      Section.of("pricing", Pricing.class)
          .defaults(PolicyTree.of(Map.of("unknown", "report", "aliases", Map.of())));

  /** What a model without a price costs. */
  public enum Unknown {
    /** Its cost is unknown, and reported as such. */
    REPORT,
    /** As much as the dearest listed models that it may be. */
    HIGHEST
  }

  /** Copies the aliases. */
  public Pricing {
    aliases = Map.copyOf(aliases);
  }

  /** Returns the name that a model is priced as. */
  @Nullable String alias(String model) {
    String alias = aliases.get(model);
    if (alias != null) {
      return alias;
    }
    List<String> names = ModelNames.withoutProvider(model);
    return aliases.get(names.get(names.size() - 1));
  }
}
