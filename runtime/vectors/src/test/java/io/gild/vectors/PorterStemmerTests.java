package io.gild.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PorterStemmerTests {

  /** Examples of Porter's paper, by step. */
  @ParameterizedTest
  @CsvSource({
    "caresses, caress",
    "ponies, poni",
    "ties, ti",
    "caress, caress",
    "cats, cat",
    "feed, feed",
    "agreed, agre",
    "plastered, plaster",
    "bled, bled",
    "motoring, motor",
    "sing, sing",
    "conflated, conflat",
    "troubled, troubl",
    "sized, size",
    "hopping, hop",
    "tanned, tan",
    "falling, fall",
    "hissing, hiss",
    "fizzed, fizz",
    "failing, fail",
    "filing, file",
    "happy, happi",
    "sky, sky",
    "relational, relat",
    "conditional, condit",
    "rational, ration",
    "valenci, valenc",
    "digitizer, digit",
    "radicalli, radic",
    "vietnamization, vietnam",
    "predication, predic",
    "feudalism, feudal",
    "decisiveness, decis",
    "hopefulness, hope",
    "sensibiliti, sensibl",
    "triplicate, triplic",
    "formative, form",
    "formalize, formal",
    "electrical, electr",
    "goodness, good",
    "revival, reviv",
    "allowance, allow",
    "airliner, airlin",
    "adjustable, adjust",
    "irritant, irrit",
    "replacement, replac",
    "adjustment, adjust",
    "dependent, depend",
    "adoption, adopt",
    "homologou, homolog",
    "communism, commun",
    "activate, activ",
    "effective, effect",
    "bowdlerize, bowdler",
    "probate, probat",
    "rate, rate",
    "cease, ceas",
    "controll, control",
    "roll, roll",
  })
  void reducesWordsAsThePaperDoes(String word, String stem) {
    assertThat(PorterStemmer.stem(word)).isEqualTo(stem);
  }

  @ParameterizedTest
  @CsvSource({"paint, painting", "paint, painted", "paint, paints", "hobbi, hobbies"})
  void reducesFormsOfAWordToOneStem(String stem, String word) {
    assertThat(PorterStemmer.stem(word)).isEqualTo(stem);
  }

  @ParameterizedTest
  @CsvSource({"a, a", "is, is", "yy, yy", "yyy, yyi", "sss, sss", "ing, ing", "eed, eed"})
  void acceptsWordsWithoutAStem(String word, String stem) {
    assertThat(PorterStemmer.stem(word)).isEqualTo(stem);
  }
}
