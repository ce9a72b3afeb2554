package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTests {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void putsAnApostropheBeforeFormulas(String formula) {
    assertThat(Csv.cell(formula)).isEqualTo("\"'" + formula + "\"");
  }

  @Test
  void doublesQuotationMarks() {
    assertThat(Csv.cell("a \"b\", c")).isEqualTo("\"a \"\"b\"\", c\"");
  }

  @Test
  void writesNumbersAsTheyAre() {
    assertThat(Csv.cell(new BigDecimal("-0.000000001"))).isEqualTo("-0.000000001");
    assertThat(Csv.cell(null)).isEmpty();
  }

  @Test
  void endsLinesAsTheStandardDoes() {
    StringBuilder out = new StringBuilder();
    Csv.line(Arrays.asList("a", null, 1), out);
    Csv.line(List.of(), out);
    assertThat(out).hasToString("\"a\",,1\r\n\r\n");
  }
}
