package io.gild.config;

import org.jspecify.annotations.Nullable;

/**
 * Where the price of a model is from.
 *
 * @param name the list of prices, or the place in the settings
 * @param date the day the price was taken on, such as {@code 2026-11-22}; {@code null} if the
 *     source does not say
 */
@Experimental
public record PriceSource(String name, @Nullable String date) {

  /** The list that the shipped prices were taken from. */
  static final PriceSource SHIPPED = new PriceSource("@pydantic/genai-prices 0.1.8", "2026-11-22");

  /** Models that run on the own machine cost nothing. */
  static final PriceSource LOCAL = new PriceSource("a local model", null);
}
