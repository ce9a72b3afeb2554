package io.gild.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComplexityTests {

  @ParameterizedTest
  @ValueSource(
      strings = {"hi", "Where is my order?", "What are your opening hours?", "Danke, bis bald!"})
  void findsRoutineQuestionsEasy(String prompt) {
    assertThat(Complexity.of(prompt)).isLessThan(0.15);
  }

  @Test
  void findsLongCalculationsHard() {
    assertThat(
            Complexity.of(
                "Implement a function that computes the minimum cost path through a matrix:\n"
                    + "1. cost[i][j] = cost[i-1][j] + 3 * a[i][j]\n2. Return the path.\n"
                    + "Explain the algorithm, the runtime and the recursive version, and compare"
                    + " both for a graph with 10,000 nodes and 45,000 edges."))
        .isGreaterThan(0.75);
  }

  @Test
  void isNothingForABlankPrompt() {
    assertThat(Complexity.of(" \n\t")).isZero();
  }

  @Test
  void staysWithinItsBoundsForAnyText() {
    for (String prompt :
        new String[] {
          "?".repeat(100_000), "\u0000\ud800", "1+1=2 ".repeat(50_000), "x".repeat(99)
        }) {
      assertThat(Complexity.of(prompt)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void namesEachFeatureOnce() {
    assertThat(PromptFeatures.NAMES).doesNotHaveDuplicates().hasSize(24);
  }
}
