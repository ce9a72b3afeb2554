package io.gild.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows what models cost, under the many names they go by. Immutable. */
public final class PriceTable {

  private final Map<String, Price> prices;

  PriceTable(Map<String, Price> prices) {
    this.prices = new LinkedHashMap<>(prices);
  }

  /**
   * Finds the price of a model: under its own name, then without the provider's in front ({@code
   * openai/}, {@code models/}, {@code us.anthropic.}), then under the longest listed name that it
   * begins with, up to a dash, colon or at sign ({@code gpt-4o-2024-08-06} is a {@code gpt-4o}).
   *
   * <p>Free models are found by their exact name or with a tag ({@code qwen3:8b}) alone, so that no
   * hosted model is taken for a local one. Everything behind {@code ollama/} is free.
   *
   * @param model the name a client or provider uses
   * @return the price, or empty if nothing is known
   */
  public Optional<Price> find(String model) {
    Price exact = prices.get(model);
    if (exact != null) {
      return Optional.of(exact);
    }
    if (model.startsWith("ollama/")) {
      return Optional.of(Price.FREE);
    }
    Price found = byPrefix(model);
    for (String rest = model; found == null; ) {
      int cut = providerEnd(rest);
      if (cut < 0) {
        return Optional.empty();
      }
      rest = rest.substring(cut + 1);
      found = byPrefix(rest);
    }
    return Optional.of(found);
  }

  /**
   * Returns the listed names.
   *
   * @return the names, in the order of the table
   */
  public Set<String> models() {
    return Set.copyOf(prices.keySet());
  }

  /** Returns where the provider's name in front ends, or -1. */
  private static int providerEnd(String model) {
    int slash = model.indexOf('/');
    if (slash >= 0) {
      return slash;
    }
    int dot = model.indexOf('.');
    for (int i = 0; i < dot; i++) {
      if (model.charAt(i) < 'a' || model.charAt(i) > 'z') {
        return -1; // the dot of a version, as in gpt-4.1
      }
    }
    return dot;
  }

  private @Nullable Price byPrefix(String model) {
    Price exact = prices.get(model);
    if (exact != null) {
      return exact;
    }
    for (int end = model.length() - 1; end > 0; end--) {
      char next = model.charAt(end);
      if (next == '-' || next == ':' || next == '@') {
        Price price = prices.get(model.substring(0, end));
        if (price != null && (next == ':' || !price.free())) {
          return price;
        }
      }
    }
    return null;
  }
}
