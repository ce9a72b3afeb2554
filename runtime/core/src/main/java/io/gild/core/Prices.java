package io.gild.core;

import io.gild.config.Price;
import io.gild.config.PriceTable;
import io.gild.config.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Converts tokens to money; logs once each model whose price is unknown. Thread-safe. */
final class Prices {

  private static final int REMEMBERED = 1_000;

  private final PriceTable table;
  private final Map<String, Optional<Price>> known = new ConcurrentHashMap<>();

  Prices(PriceTable table) {
    this.table = table;
  }

  /** Returns billionths of a US dollar, or -1 if the model has no known price. */
  long nanoUsd(String model, Usage usage) {
    Optional<Price> price = known.get(model);
    if (price == null) {
      price = table.find(model);
      if (known.size() < REMEMBERED && known.putIfAbsent(model, price) == null && price.isEmpty()) {
        GildLog.info(
            "No price is known for model " + model + "; set prices." + model + relatives(model));
      }
    }
    return price.isEmpty() ? -1 : price.get().nanoUsd(usage);
  }

  /** Suggests similar names; a variant does not have the price of its base model. */
  private String relatives(String model) {
    List<String> names = table.relatives(model);
    return names.isEmpty()
        ? "."
        : ". The most similar names with a price, which may differ: "
            + String.join(", ", names)
            + ".";
  }
}
