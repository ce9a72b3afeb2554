package io.gild.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.vectors.HashEmbedder;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTextsTests {

  private final AnswerEquality<Object> same = AnswerTexts.same();
  private final AnswerEquality<Object> alike = AnswerTexts.alike(new HashEmbedder(), 0.8);

  @Test
  void comparesTextsWithoutTheirForm() {
    assertTrue(same.equal("Refunds take  3 days.", "refunds take 3 days"));
    assertFalse(same.equal("Refunds take 3 days.", "Refunds take 4 days."));
  }

  @Test
  void comparesJsonByContent() {
    assertTrue(same.equal("{\"a\": 1, \"b\": [2]}", "{\"b\":[2],\"a\":1}"));
    assertFalse(same.equal("{\"a\": 1}", "{\"a\": 2}"));
    assertFalse(same.equal("{broken", "{broken too"));
  }

  @Test
  void comparesOtherObjectsByEquals() {
    assertTrue(same.equal(List.of(1), List.of(1)));
    assertFalse(same.equal(List.of(1), "1"));
  }

  @Test
  void acceptsProseOfTheSameFacts() {
    assertTrue(alike.equal("A refund takes 3 days.", "A refund takes 3 days, sir."));
    assertFalse(alike.equal("A refund takes 3 days.", "A refund takes 4 days."));
    assertFalse(alike.equal("A refund takes 3 days.", "We open at nine."));
    assertFalse(alike.equal("", "We open at nine."));
    assertFalse(alike.equal(1, 1));
  }

  @Test
  void combinesEqualities() {
    AnswerEquality<Object> either = same.or((one, other) -> one instanceof Integer);
    assertTrue(either.equal(1, 2));
    assertFalse(either.equal("1", "2"));
  }

  @Test
  void rejectsAnImpossibleSimilarity() {
    assertEquals(
        "similarity must be from 0 to 1, but is NaN",
        assertThrows(
                IllegalArgumentException.class,
                () -> AnswerTexts.alike(new HashEmbedder(), Double.NaN))
            .getMessage());
  }
}
