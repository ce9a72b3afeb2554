package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTableTests {

  private final PriceTable prices = Settings.defaults().prices();

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, 2.5",
    "gpt-4o-2024-08-06, 2.5",
    "gpt-4o-2024-05-13, 5",
    "gpt-4o-mini-2024-07-18, 0.15",
    "openai/gpt-4o-mini, 0.15",
    "openai/gpt-oss-120b, 0.15",
    "models/gemini-2.5-flash, 0.3",
    "claude-sonnet-4-5-20250929, 3",
    "us.anthropic.claude-3-5-haiku-20241022-v1:0, 0.8",
    "gpt-4.1-nano, 0.1",
    "gpt-6-sol, 2",
    "llama-3.3-70b-versatile, 0.59",
    "llama3.2, 0",
    "qwen3:8b, 0",
    "ollama/anything, 0"
  })
  void findsAModelUnderItsManyNames(String model, BigDecimal input) {
    assertThat(prices.find(model)).get().extracting(Price::input).isEqualTo(input);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "gpt-7", "gpt-5.9", "o11", "qwen3-max", "acme/unknown"})
  void doesNotGuessPrices(String model) {
    assertThat(prices.find(model)).isEmpty();
  }

  @Test
  void shipsTheModelsPeopleUse() {
    assertThat(prices.models()).hasSizeGreaterThan(60);
  }

  @Test
  void settingsOverrideAndAddPrices() {
    PriceTable own =
        Settings.builder()
            .yaml(
                "gild.yaml",
                "prices: {gpt-4o: {input: 1, output: 2}, mine: {input: 0.1, output: 0.2}}")
            .build()
            .prices();

    assertThat(own.find("gpt-4o")).contains(price("1", "2"));
    assertThat(own.find("mine-v2")).contains(price("0.1", "0.2"));
    assertThat(own.find("gpt-4o-mini")).isPresent();
  }

  @Test
  void costIsExactAndCountsCachedTokensOnce() {
    Price price =
        new Price(
            new BigDecimal("0.15"),
            new BigDecimal("0.60"),
            new BigDecimal("0.075"),
            new BigDecimal("0.1875"));

    assertThat(price.cost(1_000_000, 0, 1_000_000)).isEqualByComparingTo("0.75");
    assertThat(price.cost(1_000_000, 1_000_000, 0)).isEqualByComparingTo("0.075");
    assertThat(price.cost(1_000_000, 0, 1_000_000, 0)).isEqualByComparingTo("0.1875");
    assertThat(price.nanoUsd(1, 0, 1)).isEqualTo(750);
    assertThat(price.nanoUsd(1, 1, 0)).isEqualTo(75);
  }

  @Test
  void soundAndWhatIsCachedForAnHourHaveTheirOwnPrices() {
    Price price =
        new Price(
            new BigDecimal("1"),
            new BigDecimal("2"),
            null,
            new BigDecimal("3"),
            new BigDecimal("5"),
            new BigDecimal("7"),
            new BigDecimal("11"));
    TokenCounts tokens =
        new TokenCounts(1_000_000, 0, 500_000, 200_000, 100_000, 1_000_000, 10_000);

    assertThat(price.cost(tokens))
        .as("0.4 of 1, 0.3 of 3, 0.2 of 5, 0.1 of 7; 0.99 of 2, 0.01 of 11")
        .isEqualByComparingTo("5.09");
    assertThat(price("1", "2").cost(tokens)).as("without them").isEqualByComparingTo("3");
  }

  @Test
  void aPriceIsNotNegative() {
    assertThatThrownBy(() -> price("-1", "2")).hasMessage("input must not be negative, but is -1");
  }

  private static Price price(String input, String output) {
    return new Price(new BigDecimal(input), new BigDecimal(output), null, null);
  }
}
