package io.gild.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.ProviderLimits;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitHeadersTests {

  private static final Instant NOW = Instant.parse("2026-05-05T12:00:00Z");

  private static ProviderLimits read(Map<String, String> headers) {
    return LimitHeaders.read(headers::get, NOW);
  }

  @Test
  void readsTheHeadersOfOpenAi() {
    assertThat(
            read(
                Map.of(
                    "x-ratelimit-limit-requests", "60",
                    "x-ratelimit-limit-tokens", "150000",
                    "x-ratelimit-remaining-requests", "59",
                    "x-ratelimit-remaining-tokens", " 149984 ",
                    "x-ratelimit-reset-requests", "1s",
                    "x-ratelimit-reset-tokens", "6m0s")))
        .isEqualTo(new ProviderLimits(60, 59, 1_000, 150_000, 149_984, 360_000));
  }

  @Test
  void readsTheHeadersOfAnthropic() {
    assertThat(
            read(
                Map.of(
                    "anthropic-ratelimit-requests-limit", "50",
                    "anthropic-ratelimit-requests-remaining", "49",
                    "anthropic-ratelimit-requests-reset", "2026-05-05T12:00:30Z",
                    "anthropic-ratelimit-tokens-limit", "40000",
                    "anthropic-ratelimit-tokens-remaining", "39000",
                    "anthropic-ratelimit-tokens-reset", "2026-05-05T11:00:00Z")))
        .isEqualTo(new ProviderLimits(50, 49, 30_000, 40_000, 39_000, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "120ms, 120",
    "1.5s, 1500",
    "1h0m0s, 3600000",
    "12, 12000",
    "99999d, 86400000",
    "soon, -1",
    "1x, -1",
    "-5s, -1",
    "'', -1"
  })
  void readsTimesAndLeavesOutOthers(String value, long millis) {
    assertThat(
            read(Map.of("x-ratelimit-limit-tokens", "9", "x-ratelimit-reset-tokens", value))
                .tokensResetMillis())
        .isEqualTo(millis);
  }

  @Test
  void knowsNothingWithoutSuchHeaders() {
    assertThat(read(Map.of("x-ratelimit-limit-tokens", "many")).isKnown()).isFalse();
    assertThat(
            LimitHeaders.read(
                    name -> {
                      throw new IllegalStateException("closed");
                    },
                    NOW)
                .isKnown())
        .isFalse();
  }
}
