package io.gild.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.Attribution;
import io.gild.core.CostDimension;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTextTests {

  private static final LedgerEntry ENTRY =
      new LedgerEntry(
          Instant.parse("2026-01-31T12:00:00.123Z"),
          "4f1c",
          17,
          LedgerEntry.Kind.SAVING,
          new Attribution(Map.of(CostDimension.AGENT, "desk", CostDimension.USER, "#ab")),
          1,
          Usage.of(100, 7).with(TokenKind.CACHED_INPUT, 40),
          new BigDecimal("-0.000000010"),
          2,
          true,
          new LedgerEntry.Saving("route", "gpt-4o", new BigDecimal("1.50")),
          Map.of("of", "4f1c-16"));

  @Test
  void writesOneObjectAndReadsItBack() {
    String line = LedgerText.write(ENTRY);

    assertThat(line)
        .isEqualTo(
            "{\"time\":\"2026-01-31T12:00:00.123Z\",\"id\":\"4f1c-17\",\"kind\":\"saving\","
                + "\"agent\":\"desk\",\"user\":\"#ab\",\"tokens\":{\"inputTokens\":100,"
                + "\"outputTokens\":7,\"cachedInputTokens\":40},\"usd\":\"-0.00000001\","
                + "\"attempt\":2,\"shadow\":true,\"saving\":{\"source\":\"route\","
                + "\"model\":\"gpt-4o\",\"usd\":\"1.5\"},\"of\":\"4f1c-16\"}");
    assertThat(LedgerText.write(LedgerText.read(line))).isEqualTo(line);
  }

  @Test
  void leavesOutWhatIsUsual() {
    assertThat(
            LedgerText.write(LedgerText.read("{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\"}")))
        .isEqualTo("{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\"}");
  }

  @Test
  void keepsFieldsOfLaterVersions() {
    String line =
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"usd\":\"1\",\"region\":{\"name\":\"eu\"}}";
    assertThat(LedgerText.write(LedgerText.read(line))).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "42",
        "null",
        "{}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-0\"}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"A/../b-1\"}",
        "{\"time\":\"yesterday\",\"id\":\"a-1\"}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"kind\":\"gift\"}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"usd\":\"NaN\"}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"usd\":\"-1\"}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"usd\":\"1E999999999\"}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"usd\":1.5}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"tokens\":{\"inputTokens\":-1}}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"tokens\":{\"inputTokens\":1.5}}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"tokens\":{\"inputTokens\":9e15}}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"tokens\":[]}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"saving\":{\"source\":\"x\",\"usd\":\"1E99999999\"}}",
        "{\"time\":\"2026-01-31T12:00:00Z\",\"id\":\"a-1\",\"usd\":\"1\"",
        "\u0000\u0000\u0000"
      })
  void rejectsWhatIsNoEntry(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> LedgerText.read(line));
  }
}
