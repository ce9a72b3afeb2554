package io.gild.cost;

import com.google.auto.service.AutoService;
import io.gild.config.Price;
import io.gild.core.GildLog;
import io.gild.core.Usage;
import io.gild.core.spi.Pricing;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Prices tokens by the settings' price table, which ships with Gild and can be overridden. */
@AutoService(Pricing.class)
public final class PriceTablePricing implements Pricing {

  private static final int KNOWN_MODELS = 1_000;

  private final Map<String, Optional<Price>> prices = new ConcurrentHashMap<>();

  @Override
  public long nanoUsd(String model, Usage usage, Function<String, Optional<Price>> table) {
    Optional<Price> price = prices.get(model);
    if (price == null) {
      price = table.apply(model);
      if (prices.size() < KNOWN_MODELS) {
        prices.put(model, price);
      }
      if (price.isEmpty()) {
        GildLog.info("No price is known for model " + model + "; set prices." + model + ".");
      }
    }
    return price.isEmpty()
        ? -1
        : price
            .get()
            .nanoUsd(usage.inputTokens(), usage.cachedInputTokens(), usage.outputTokens());
  }
}
