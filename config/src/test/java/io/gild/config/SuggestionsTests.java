package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTests {

  private static final List<String> WORDS =
      List.of("local", "small", "medium", "large", "max-attempts");

  @ParameterizedTest
  @CsvSource({
    "smal, small",
    "samll, small",
    "LARGE, large",
    "meduim, medium",
    "max-atempts, max-attempts"
  })
  void guessesMisspelledWords(String word, String meant) {
    assertThat(Suggestions.nearest(word, WORDS)).contains(meant);
  }

  @Test
  void suggestsNothingForAnUnrelatedWord() {
    assertThat(Suggestions.nearest("huge", WORDS)).isEmpty();
    assertThat(Suggestions.didYouMean("huge", WORDS)).isEmpty();
  }
}
