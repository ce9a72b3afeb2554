package io.gild.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.cost.spi.TokenCounter;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JtokkitTokenCounterTests {

  private final TokenCounter counter =
      ServiceLoader.load(TokenCounter.class).findFirst().orElseThrow();

  @ParameterizedTest
  @CsvSource({
    "gpt-4o-mini, O200K_BASE",
    "openai/gpt-4.1, O200K_BASE",
    "o3-2025-04-16, O200K_BASE",
    "gpt-4-turbo, CL100K_BASE",
    "text-embedding-3-small, CL100K_BASE",
    "claude-sonnet-4, ",
    "'', "
  })
  void knowsTheEncodingsOfModels(String model, String encoding) {
    assertThat(String.valueOf(JtokkitTokenCounter.type(model))).isEqualTo(String.valueOf(encoding));
  }

  @Test
  void countsAsTheModelDoes() {
    assertThat(counter.count("gpt-4o", "Hello, world!")).isEqualTo(4);
    assertThat(counter.count("gpt-4", "Hello, world!")).isEqualTo(4);
    assertThat(counter.count("gpt-4o", "")).isZero();
    assertThat(counter.count("claude-sonnet-4", "Hello")).isEqualTo(-1);
  }

  @Test
  void countsTheNamesOfSpecialTokensAsText() {
    assertThat(counter.count("gpt-4o", "<|endoftext|>")).isGreaterThan(1);
  }
}
