package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTableTests {

  private final PriceTable prices = PriceTable.of(Settings.defaults());

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
    "gpt-3.5-turbo-0125, 0.5",
    "gpt-3.5-turbo-0613, 1.5",
    "gpt-4-0613, 30",
    "gpt-4-1106-preview, 10",
    "gpt-5-chat-latest, 1.25",
    "GPT-4o, 2.5",
    "azure/eu/gpt-4o-2024-08-06, 2.5",
    "openrouter/anthropic/claude-sonnet-4.5, 3",
    "claude-opus-4-1@20250805, 15",
    "claude-3-5-sonnet-v2@20241022, 3",
    "claude-3-7-sonnet-latest, 3",
    "global.anthropic.claude-sonnet-4-5-20250929-v1:0, 3",
    "us-gov.anthropic.claude-3-haiku-20240307-v1:0:200k, 0.25",
    "anthropic.claude-opus-4-6-v1, 5",
    "arn:aws:bedrock:us-east-1:1:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0, 1",
    "openai.gpt-oss-120b-1:0, 0.15",
    "projects/p/locations/l/publishers/google/models/gemini-2.5-pro, 1.25",
    "gemini-2.0-flash-001, 0.1",
    "gemini-1.5-pro-002, 1.25",
    "mistral-medium-latest, 1.5",
    "mistral-large-2512, 0.5",
    "deepseek/deepseek-chat, 0.27",
    "deepseek-reasoner, 0.55",
    "llama3.2, 0",
    "llama3.2:latest, 0",
    "qwen3:8b, 0",
    "ollama/anything, 0"
  })
  void findsAModelUnderItsManyNames(String model, BigDecimal input) {
    assertThat(prices.find(model)).get().extracting(Price::input).isEqualTo(input);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "gpt-7",
        "gpt-5.9",
        "o11",
        "qwen3-max",
        "acme/unknown",
        "gpt-4o-mini-tts",
        "gpt-4o-realtime",
        "gpt-4o-mini-realtime-preview",
        "gpt-4o-mini-transcribe",
        "gpt-3.5-turbo-16k",
        "gpt-3.5-turbo-16k-0613",
        "gpt-4-32k",
        "gpt-4-32k-0314",
        "gpt-4o:free",
        "gpt-4o-mini:ft-acme",
        "ft:gpt-4o-mini-2024-07-18:acme::1",
        "ft:gpt-4.1-2025-04-14:acme::1",
        "gemini-2.5-flash-lite-preview-tts",
        "gemini-1.5-flash-8b",
        "gemini-2.5-flash-image",
        "mistral-medium-3-1",
        "mistral-small-2402",
        "codestral-embed",
        "claude-opus-4-6-fast",
        "o1-mini-",
        "-latest",
        "@latest",
        "/",
        ".",
        "gpt-4o-",
        "gpt-4o-2024-13-06",
        "gpt-4o-20240230x",
        "groq/llama3.3",
        "qwen/qwen3",
        "qwen3:480b-cloud",
        "ollama/gpt-oss:120b-cloud"
      })
  void doesNotGuessPrices(String model) {
    assertThat(prices.find(model)).isEmpty();
  }

  @Test
  void namesTheNearestRelativesOfAModelWithoutAPrice() {
    assertThat(prices.relatives("openai/gpt-4o-mini-tts")).startsWith("gpt-4o-mini").hasSize(3);
    assertThat(prices.relatives("mistral-medium-3-1")).startsWith("mistral-medium");
    assertThat(prices.relatives("gpt-3.5-turbo-16k")).startsWith("gpt-3.5-turbo");
    assertThat(prices.relatives("claude-3.7-sonnet:thinking")).startsWith("claude-3-7-sonnet");
    assertThat(prices.relatives("gpt-7")).isNotEmpty();
    assertThat(prices.relatives("unheard-of")).isEmpty();
    assertThat(prices.relatives("")).isEmpty();
  }

  @Test
  void everyListedNameAndItsDatedFormHaveTheListedPrice() {
    assertThat(prices.models())
        .allSatisfy(model -> {
          Price price = prices.find(model).orElseThrow();
          if (!price.free()) {
            assertThat(prices.find("openai/" + model + "-20260131")).contains(price);
          }
        });
  }

  @Test
  void shipsPricesOfPopularModels() {
    assertThat(prices.models()).hasSizeGreaterThan(300);
  }

  @Test
  void settingsOverrideAndAddPrices() {
    PriceTable own =
        PriceTable.of(
            Settings.builder()
                .yaml(
                    "gild.yaml",
                    "prices: {gpt-4o: {input: 1, output: 2}, mine: {input: 0.1, output: 0.2}}")
                .build());

    assertThat(own.find("gpt-4o")).contains(price("1", "2"));
    assertThat(own.find("mine-2026-01-31")).contains(price("0.1", "0.2"));
    assertThat(own.find("mine-v2")).contains(price("0.1", "0.2"));
    assertThat(own.find("mine-large")).isEmpty();
    assertThat(own.find("gpt-4o-mini")).isPresent();
  }

  @Test
  void costIsExactAndCountsCachedTokensOnce() {
    Price price = own("{input: 0.15, output: 0.60, cached-input: 0.075, cache-write: 0.1875}");
    Usage million = Usage.of(1_000_000, 0);

    assertThat(price.cost(Usage.of(1_000_000, 1_000_000))).isEqualByComparingTo("0.75");
    assertThat(price.cost(million.with(TokenKind.CACHED_INPUT, 1_000_000)))
        .isEqualByComparingTo("0.075");
    assertThat(price.cost(million.with(TokenKind.CACHE_WRITE, 1_000_000)))
        .isEqualByComparingTo("0.1875");
    assertThat(price.nanoUsd(Usage.of(1, 1))).isEqualTo(750);
    assertThat(price.nanoUsd(Usage.of(1, 0).with(TokenKind.CACHED_INPUT, 1))).isEqualTo(75);
  }

  @Test
  void pricesAudioAndOneHourCacheWritesSeparately() {
    Price price =
        own(
            "{input: 1, output: 2, cache-write: 3, cache-write-hour: 5, input-audio: 7,"
                + " output-audio: 11}");
    Usage usage =
        Usage.of(1_000_000, 1_000_000)
            .with(TokenKind.CACHE_WRITE, 500_000)
            .with(TokenKind.CACHE_WRITE_HOUR, 200_000)
            .with(TokenKind.INPUT_AUDIO, 100_000)
            .with(TokenKind.OUTPUT_AUDIO, 10_000);

    assertThat(price.cost(usage))
        .as("0.4 of 1, 0.3 of 3, 0.2 of 5, 0.1 of 7; 0.99 of 2, 0.01 of 11")
        .isEqualByComparingTo("5.09");
    assertThat(price("1", "2").cost(usage)).as("without them").isEqualByComparingTo("3");
  }

  @Test
  void rejectsANegativePrice() {
    assertThatThrownBy(() -> price("-1", "2")).hasMessage("input must not be negative, but is -1");
  }

  private static Price own(String yaml) {
    Settings settings =
        Settings.builder().yaml("gild.yaml", "prices: {mine: " + yaml + "}").build();
    return PriceTable.of(settings).find("mine").orElseThrow();
  }

  private static Price price(String input, String output) {
    return new Price(new BigDecimal(input), new BigDecimal(output));
  }
}
