package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PriceTable;
import io.gild.config.Settings;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostLinesTests {

  private final PriceTable prices = PriceTable.of(Settings.defaults());
  private final List<String> models = new ArrayList<>(prices.models());

  private CallRow row(String model, Usage usage) {
    CallRow row = new CallRow();
    row.kind = CallRow.Kind.MODEL;
    row.model = model;
    for (TokenKind kind : TokenKind.values()) {
      row.ownTokens[kind.ordinal()] = (int) usage.get(kind);
    }
    row.ownNanoUsd = prices.find(model).map(price -> price.nanoUsd(usage)).orElse(0L);
    return row;
  }

  private static BigDecimal sum(CostLines lines) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Map<String, @Nullable Object> line : lines.lines()) {
      sum = sum.add((BigDecimal) line.get("usd"));
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void sumUpToTheTotalExactly(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      CostLines lines = new CostLines(prices);
      long total = 0;
      for (int i = random.nextInt(6); i >= 0; i--) {
        String model =
            random.nextInt(5) == 0 ? "own-model" : models.get(random.nextInt(models.size()));
        Usage usage =
            Usage.of(kind -> random.nextInt(kind.whole() == null ? 100_000 : 50_000)).contained();
        CallRow row = row(model, usage);
        total += row.ownNanoUsd;
        lines.add(row);
      }
      assertThat(sum(lines)).isEqualByComparingTo(BigDecimal.valueOf(total, 9));
      lines.total(total + 12_345_678);
      assertThat(sum(lines)).isEqualByComparingTo(BigDecimal.valueOf(total + 12_345_678, 9));
    }
  }

  @Test
  void chargesAPartOnce() {
    CostLines lines = new CostLines(prices);
    lines.add(row("gpt-4o", Usage.of(1_000, 0).with(TokenKind.CACHED_INPUT, 600)));
    assertThat(lines.lines())
        .extracting(line -> line.get("kind") + " " + line.get("tokens"))
        .containsExactly("input 400", "cache_read 600");
  }

  @Test
  void namesTheSourceAndTheDateOfEachPrice() {
    CostLines lines =
        new CostLines(
            PriceTable.of(
                Settings.builder()
                    .yaml("gild.yaml", "prices:\n  own-model: {input: 1, output: 2}\n")
                    .build()));
    lines.add(row("gpt-4o-2024-08-06", Usage.of(10, 0)));
    lines.add(row("own-model", Usage.of(10, 0)));
    lines.add(row("unknown-model", Usage.of(10, 0)));
    assertThat(lines.lines())
        .filteredOn(line -> line.containsKey("priceFrom"))
        .extracting(line -> line.get("priceFrom") + " " + line.get("priceDate"))
        .containsExactly(
            "@pydantic/genai-prices 0.1.8 2026-11-22", "gild.yaml:2:14 null", "null null");
    assertThat(lines.pricesFrom())
        .isEqualTo("@pydantic/genai-prices 0.1.8 of 2026-11-22, gild.yaml:2:14");
  }

  @Test
  void saysWhichModelHasNoPrice() {
    CostLines lines = new CostLines(prices);
    lines.add(row("own-model", Usage.of(10, 10)));
    assertThat(lines.toJson(false))
        .containsEntry("priced", false)
        .extractingByKey("why")
        .asString()
        .contains("own-model");
    assertThat(sum(lines)).isZero();
  }
}
