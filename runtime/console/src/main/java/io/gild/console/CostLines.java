package io.gild.console;

import io.gild.config.Price;
import io.gild.config.PriceSource;
import io.gild.config.PriceTable;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What makes up the cost of calls: tokens of each kind times their price, for each model. The lines
 * sum up to the recorded cost exactly: what a line is rounded by, and what prices of today do not
 * explain, has a line of its own.
 */
final class CostLines {

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** More places of a file with prices are not listed. */
  private static final int MOST_SOURCES = 4;

  /** One line; the money is in billionths of a US dollar. */
  private static final class Line {
    private final String kind;
    private final String model;
    private final @Nullable BigDecimal usdPerMillion;
    private long tokens;

    Line(String kind, String model, @Nullable BigDecimal usdPerMillion) {
      this.kind = kind;
      this.model = model;
      this.usdPerMillion = usdPerMillion;
    }

    BigDecimal usd() {
      return usdPerMillion == null
          ? BigDecimal.ZERO
          : usdPerMillion.multiply(BigDecimal.valueOf(tokens)).divide(MILLION);
    }
  }

  private final PriceTable prices;
  private final Map<List<String>, Line> lines = new LinkedHashMap<>();
  private final Map<String, Optional<Price>> known = new LinkedHashMap<>();
  private final List<String> unpriced = new ArrayList<>();
  private long totalNanoUsd;

  CostLines(PriceTable prices) {
    this.prices = prices;
  }

  /** Adds what one call used itself, without the calls inside of it. */
  void add(CallRow row) {
    if (row.kind == CallRow.Kind.HTTP) {
      return;
    }
    totalNanoUsd += row.ownNanoUsd;
    if (row.hasOwnTokens()) {
      add(row.model == null ? "(unknown)" : row.model, row.ownUsage());
    }
  }

  private void add(String model, Usage usage) {
    Price price = known.computeIfAbsent(model, prices::find).orElse(null);
    if (price == null && !unpriced.contains(model)) {
      unpriced.add(model);
    }
    for (TokenKind kind : TokenKind.values()) {
      long charged = kind.isPriced() ? usage.charged(kind) : 0;
      if (charged > 0) {
        BigDecimal perMillion = price == null ? null : price.of(kind);
        lines.computeIfAbsent(
                    List.of(model, kind.type()), absent -> new Line(kind.type(), model, perMillion))
                .tokens +=
            charged;
      }
    }
  }

  /** Replaces the sum of the calls by what a call around them recorded. */
  void total(long nanoUsd) {
    totalNanoUsd = nanoUsd;
  }

  long totalNanoUsd() {
    return totalNanoUsd;
  }

  List<String> unpriced() {
    return unpriced;
  }

  /** Returns the lines; their money is exactly the total. */
  List<Map<String, @Nullable Object>> lines() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    long sum = 0;
    for (Line line : lines.values()) {
      long nanoUsd =
          line.usd().movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
      sum += nanoUsd;
      Map<String, @Nullable Object> json = json(line.kind, line.model, nanoUsd);
      json.put("tokens", line.tokens);
      json.put("usdPerMillion", line.usdPerMillion);
      PriceSource source = prices.sourceOf(line.model).orElse(null);
      json.put("priceFrom", source == null ? null : source.name());
      json.put("priceDate", source == null ? null : source.date());
      all.add(json);
    }
    long rest = totalNanoUsd - sum;
    if (rest != 0) {
      boolean rounding = Math.abs(rest) <= 2L * Math.max(1, lines.size()) + 1_000;
      all.add(json(rounding ? "rounding" : "other", "", rest));
    }
    return all;
  }

  private static Map<String, @Nullable Object> json(String kind, String model, long nanoUsd) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", kind);
    json.put("model", model);
    json.put("usd", CallJson.usd(nanoUsd));
    return json;
  }

  /** Returns where the prices are from, each source once; {@code null} if nothing has a price. */
  @Nullable String pricesFrom() {
    String sources =
        lines.values().stream()
            .flatMap(line -> prices.sourceOf(line.model).stream())
            .map(source ->
                source.date() == null ? source.name() : source.name() + " of " + source.date())
            .distinct()
            .limit(MOST_SOURCES)
            .collect(Collectors.joining(", "));
    return sources.isEmpty() ? null : sources;
  }

  /** Returns the part of an answer that explains the cost of one call. */
  Map<String, @Nullable Object> toJson(boolean priced) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("lines", lines());
    json.put("totalUsd", CallJson.usd(totalNanoUsd));
    json.put("priced", priced);
    json.put("model", lines.isEmpty() ? null : lines.values().iterator().next().model);
    json.put("pricesFrom", pricesFrom());
    json.put(
        "why",
        unpriced.isEmpty()
            ? ""
            : "No price is known for "
                + String.join(", ", unpriced)
                + ": their tokens cost nothing here. Set prices in gild.yaml.");
    return json;
  }
}
