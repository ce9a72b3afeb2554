package io.gild.config;

import static io.gild.config.TokenKind.CACHED_INPUT;
import static io.gild.config.TokenKind.CACHE_WRITE;
import static io.gild.config.TokenKind.CACHE_WRITE_HOUR;
import static io.gild.config.TokenKind.INPUT;
import static io.gild.config.TokenKind.INPUT_AUDIO;
import static io.gild.config.TokenKind.OUTPUT;
import static io.gild.config.TokenKind.OUTPUT_AUDIO;
import static io.gild.config.TokenKind.REASONING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UsageTests {

  private static final Usage EACH = Usage.of(kind -> kind.ordinal() + 1);

  @Test
  void addsEveryKind() {
    assertThat(EACH.plus(EACH)).isEqualTo(Usage.of(kind -> 2L * (kind.ordinal() + 1)));
    assertThat(EACH.plus(Usage.NONE)).isEqualTo(EACH);
    assertThat(Usage.NONE.plus(EACH)).isEqualTo(EACH);
  }

  @Test
  void changesOneKindInACopy() {
    Usage usage = Usage.of(10, 4);

    assertThat(usage.with(CACHED_INPUT, 6).get(CACHED_INPUT)).isEqualTo(6);
    assertThat(usage.with(CACHED_INPUT, 6).inputTokens()).isEqualTo(10);
    assertThat(usage.get(CACHED_INPUT)).isZero();
    assertThat(usage).isEqualTo(Usage.NONE.with(INPUT, 10).with(OUTPUT, 4));
  }

  @Test
  void passesAsAnArray() {
    assertThat(Usage.ofArray(EACH.toArray())).isEqualTo(EACH).hasSameHashCodeAs(EACH);
    assertThatThrownBy(() -> Usage.ofArray(new long[3]))
        .hasMessage("a usage has " + TokenKind.values().length + " numbers, not 3");
  }

  @Test
  void copiesItsArrays() {
    long[] tokens = EACH.toArray();
    Usage usage = Usage.ofArray(tokens);
    tokens[0] = 99;
    usage.toArray()[1] = 99;

    assertThat(usage).isEqualTo(EACH);
  }

  @Test
  void rejectsNegativeTokensAndSumsThatOverflow() {
    for (TokenKind kind : TokenKind.values()) {
      assertThatThrownBy(() -> Usage.NONE.with(kind, -1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(kind.field() + " must not be negative, but is -1");
    }
    assertThatThrownBy(() -> Usage.of(Long.MAX_VALUE, 0).plus(Usage.of(1, 0)))
        .hasMessage("inputTokens must not be negative, but is " + Long.MIN_VALUE);
  }

  @Test
  void limitsPartsToTheKindsThatContainThem() {
    Usage reported = Usage.of(kind -> 100).with(INPUT, 70).with(OUTPUT, 3);

    assertThat(reported.contained())
        .isEqualTo(Usage.of(70, 3).with(CACHED_INPUT, 70).with(REASONING, 3).with(OUTPUT_AUDIO, 3));
  }

  @Test
  void keepsPartsThatFit() {
    Usage usage =
        Usage.of(10, 10)
            .with(CACHED_INPUT, 2)
            .with(CACHE_WRITE, 5)
            .with(CACHE_WRITE_HOUR, 5)
            .with(INPUT_AUDIO, 3)
            .with(REASONING, 10)
            .with(OUTPUT_AUDIO, 10);

    assertThat(usage.contained()).isEqualTo(usage);
  }

  @Test
  void namesItsNumbers() {
    assertThat(Usage.of(7, 0).with(CACHE_WRITE_HOUR, 2))
        .hasToString("Usage[inputTokens=7, outputTokens=0, hourCacheWriteTokens=2]");
  }
}
