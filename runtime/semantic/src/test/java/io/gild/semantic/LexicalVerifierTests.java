package io.gild.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexicalVerifierTests {

  private static @Nullable String veto(String one, String other) {
    return LexicalVerifier.veto(question(one), question(other));
  }

  private static ComparedQuestion question(String text) {
    ComparedQuestion question = ComparedQuestion.of(text, 1_000);
    assertNotNull(question);
    return question;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          status of order 1234                 | status of order 1235                 | numbers
          set a timer for two minutes          | set a timer for 3 minutes            | numbers
          is the shop open on monday           | is the shop open on sunday           | numbers
          mail to ann@acme.com                 | mail to bob@acme.com                 | numbers
          read /etc/hosts for me               | read /etc/passwd for me              | numbers
          can i return a lamp                  | can i not return a lamp              | negation
          why does it work                     | why doesn't it work                  | negation
          translate "cat" for me               | translate "dog" for me               | quotations
          What is the capital of France?       | What is the capital of Spain?        | names
          what is the capital of france        | What is the capital of Spain?        | names
          turn the lamp on                     | turn the lamp off                    | opposites
          increase my limit                    | decrease my limit                    | opposites
          a flight from rome to paris          | a flight from paris to rome          | reversed roles
          is rome larger than paris            | is paris larger than rome            | reversed roles
          dog bites man                        | man bites dog                        | reversed roles
          opening hours                        | refund policy                        | no common word
          """)
  void seesWhatDiffers(String one, String other, String expected) {
    assertEquals(expected, veto(one, other));
    assertEquals(expected, veto(other, one));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          how do i get a refund                | How can I get a refund?
          two tickets to rome please           | I need 2 tickets to rome
          What is Rome's population?           | what is the population of rome
          is there a flight from rome to paris | a flight from rome to paris, please
          turn the lights on                   | switch the lights on
          """)
  void acceptsParaphrases(String one, String other) {
    assertNull(veto(one, other));
    assertNull(veto(other, one));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "?!", "a\u0000b", "open\u202Ethe door", "\uD800 alone", "bell\u0007"})
  void rejectsTextsThatCannotBeCompared(String text) {
    assertNull(ComparedQuestion.of(text, 1_000));
  }

  @Test
  void ignoresInvisibleCharactersAndWidth() {
    assertNull(veto("re\u200Bfund policy", "refund policy"));
    assertNull(veto("\uFF52efund 12", "refund 12"));
    assertEquals("numbers", veto("refund 1\u200B3", "refund 12"));
  }
}
