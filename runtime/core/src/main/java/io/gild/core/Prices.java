package io.gild.core;

import io.gild.config.Price;
import io.gild.config.PriceTable;
import io.gild.config.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Turns tokens into money; says once for which models it cannot. Thread-safe. */
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

  /** Names what a person would look at first; a variant is not priced as the model it is of. */
  private String relatives(String model) {
    List<String> names = table.relatives(model);
    return names.isEmpty()
        ? "."
        : ". Its nearest relatives with a price, which may be another one: "
            + String.join(", ", names)
            + ".";
  }
}
