package io.gild.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SemanticStatisticsTests {

  @Test
  void estimatesTheWrongRateFromExploredHits() {
    SemanticStatistics statistics = new SemanticStatistics(1_000, 300, 30, 3, 0, 10, 5_000);
    assertEquals(0.03, statistics.wrongRate(), 1e-12);
    assertEquals(0.3 * 0.2253, statistics.wrongRateUpperBound(), 1e-3);
  }

  @Test
  void knowsNothingWithoutExploredHits() {
    SemanticStatistics statistics = new SemanticStatistics(1_000, 300, 0, 0, 0, 10, 5_000);
    assertTrue(Double.isNaN(statistics.wrongRate()));
    assertEquals(0.3, statistics.wrongRateUpperBound());
    assertEquals(0, new SemanticStatistics(0, 0, 0, 0, 0, 0, 0).hitRate());
  }

  @Test
  void rejectsImpossibleSettings() {
    assertEquals(
        "max-error-rate must be above 0 and at most 0.5, but is 0.0",
        assertThrows(
                IllegalArgumentException.class, () -> SemanticSettings.DEFAULTS.withMaxErrorRate(0))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> SemanticSettings.DEFAULTS.withExploration(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> SemanticSettings.DEFAULTS.withMaxWeight(10));
  }
}
