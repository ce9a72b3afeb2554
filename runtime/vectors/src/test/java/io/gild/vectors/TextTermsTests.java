package io.gild.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTermsTests {

  @Test
  void reducesEnglishWordsToStems() {
    assertThat(TextTerms.of("Paintings; she painted, PAINTING 3 paints."))
        .containsExactly("paint", "she", "paint", "paint", "3", "paint");
  }

  @ParameterizedTest
  @CsvSource({
    "Anna's, anna",
    "Anna\u2019s, anna",
    "don't, don't",
    "check-up, check up",
    "l'amour, l amour",
    "caf\u00e9, cafe",
    "cafe\u0301, cafe",
    "Stra\u00dfe, stra\u00dfe",
    "\uff26\uff35\uff2c\uff2c, full",
    "\u0438\u0306, \u0439",
    "2023-05-08, 2023 05 08",
  })
  void findsTheTermsOf(String text, String terms) {
    assertThat(String.join(" ", TextTerms.of(text))).isEqualTo(terms);
  }

  @Test
  void leavesWordsOfOtherScriptsAsTheyAre() {
    assertThat(TextTerms.of("\u041a\u043d\u0438\u0433\u0438 \u672c\u3092"))
        .containsExactly("\u043a\u043d\u0438\u0433\u0438", "\u672c", "\u3092");
    assertThat(TextTerms.of(" ?! \ud83d\ude00")).isEmpty();
  }

  @Test
  void wantsEachTermOfAQueryOnceWithoutFunctionWords() {
    assertThat(TextTerms.wanted("When did Anna's mother paint, and what did she paint?"))
        .containsExactly("anna", "mother", "paint");
    assertThat(TextTerms.wanted("What happened in May?")).containsExactly("happen", "mai");
  }

  @Test
  void wantsFunctionWordsIfThereIsNothingElse() {
    assertThat(TextTerms.wanted("Who is it?")).containsExactly("who", "is", "it");
    assertThat(TextTerms.wanted("?")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Why?", "Why?!", "Why? \u263a", "\u4f55\uff1f", "\u0645\u0627\u061f"})
  void seesAQuestion(String text) {
    assertThat(TextTerms.endsAsQuestion(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Why? Because.", "I asked why", "a?b"})
  void seesNoQuestion(String text) {
    assertThat(TextTerms.endsAsQuestion(text)).isFalse();
  }
}
