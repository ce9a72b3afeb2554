package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PriceTable;
import io.gild.config.Settings;
import io.gild.config.Usage;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PricesTests {

  private static final Usage USAGE = Usage.of(1_000_000, 0);

  private final List<String> log = new CopyOnWriteArrayList<>();

  @Test
  void namesAModelWithoutAPriceOnceWithSimilarNames() {
    GildLog.redirect((line, cause) -> log.add(line));
    try {
      Prices prices = new Prices(PriceTable.of(Settings.defaults()));

      assertThat(nanoUsd(prices, "gpt-4o-mini-tts")).isEqualTo(-1);
      assertThat(nanoUsd(prices, "gpt-4o-mini-tts")).isEqualTo(-1);
      assertThat(nanoUsd(prices, "unheard-of")).isEqualTo(-1);
      assertThat(nanoUsd(prices, "gpt-4o-mini-2024-07-18")).isEqualTo(150_000_000);
    } finally {
      GildLog.redirect((line, cause) -> System.err.println("[gild] " + line));
    }

    assertThat(log)
        .filteredOn(line -> line.contains("price"))
        .containsExactly(
            "No price is known for model gpt-4o-mini-tts; set prices.gpt-4o-mini-tts. The most"
                + " similar names with a price, which may differ: gpt-4o-mini, gpt-4o,"
                + " gpt-4o-2024-05-13.",
            "No price is known for model unheard-of; set prices.unheard-of.");
  }

  private static long nanoUsd(Prices prices, String model) {
    return prices.nanoUsd(new PricedRequest(null, model, null, Instant.EPOCH), USAGE);
  }
}
