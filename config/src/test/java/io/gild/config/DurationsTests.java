package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTests {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "2s, PT2S",
    "1.5s, PT1.5S",
    "5m, PT5M",
    "1h, PT1H",
    "1d, PT24H",
    "0s, PT0S",
    "20us, PT0.00002S",
    "7ns, PT0.000000007S",
    "' 2 s ', PT2S",
    "PT1H30M, PT1H30M",
    "-1s, PT-1S"
  })
  void readsNumbersWithUnitsAndIso(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "2", "s", "2 weeks", "1h30m", "PT", "99999999999999999999d"})
  void showsAnExampleOfADuration(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "must be a duration such as \"500ms\", \"2s\", \"5m\", \"1h\" or \"PT1H\", but is \""
                + text
                + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "500ms", "90s", "5m", "1h", "3d", "1ns", "1500us"})
  void writesWhatItReads(String text) {
    assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
  }
}
