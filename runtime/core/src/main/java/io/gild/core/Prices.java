package io.gild.core;

import io.gild.config.Price;
import io.gild.config.PriceTable;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Converts tokens to money; logs once each model whose price is unknown. Thread-safe. */
final class Prices {

  private static final int REMEMBERED = 1_000;

  private final PriceTable table;
  private final Map<String, Optional<Price>> known = new ConcurrentHashMap<>();
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  Prices(PriceTable table) {
    this.table = table;
  }

  /**
   * Returns a cost by kinds, in the order of {@link CostKind}. The sum is the given cost: it is
   * rounded as a whole, and each kind gets what the rounded sum grows by with it.
   */
  long[] byKind(PricedRequest request, Usage usage, long nanoUsd) {
    long[] byKind = new long[CostKind.values().length];
    Optional<Price> price = nanoUsd == 0 ? Optional.empty() : find(request);
    BigDecimal exact = BigDecimal.ZERO;
    long rounded = 0;
    if (price.isPresent()) {
      for (Map.Entry<TokenKind, BigDecimal> part : price.get().costs(usage).entrySet()) {
        exact = exact.add(part.getValue());
        long grown = exact.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
        byKind[CostKind.of(part.getKey()).ordinal()] += grown - rounded;
        rounded = grown;
      }
    }
    if (rounded != nanoUsd) {
      Arrays.fill(byKind, 0);
      byKind[CostKind.OTHER.ordinal()] = nanoUsd;
    }
    return byKind;
  }

  /** Returns billionths of a US dollar, or -1 if the model has no known price. */
  long nanoUsd(PricedRequest request, Usage usage) {
    Optional<Price> price = find(request);
    return price.isEmpty() ? -1 : price.get().nanoUsd(usage);
  }

  private Optional<Price> find(PricedRequest request) {
    Optional<Price> price = known.get(request.key());
    if (price == null) {
      price = listed(request);
    }
    return price.isEmpty() ? price : Optional.of(price.get().at(request.time(), request.service()));
  }

  private Optional<Price> listed(PricedRequest request) {
    String model = request.model();
    Optional<Price> listed = table.find(request.provider(), model);
    Optional<Price> price = listed.isPresent() ? listed : table.estimate(request.provider(), model);
    if (known.size() < REMEMBERED
        && known.putIfAbsent(request.key(), price) == null
        && listed.isEmpty()
        && (reported.size() < REMEMBERED && reported.add(model))) {
      String estimate =
          price.isPresent() ? ", which costs as much as the dearest listed one until then" : "";
      GildLog.info(
          "No price is known for model "
              + model
              + estimate
              + "; set prices."
              + model
              + relatives(model));
    }
    return price;
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
