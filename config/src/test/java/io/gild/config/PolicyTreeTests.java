package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyTreeTests {

  private static final Origin FILE = new Origin("gild.yaml", 3, 5);

  @Test
  void overlayMergesMapsAndReplacesValues() {
    PolicyTree below =
        PolicyTree.of(
            Map.of("retry", Map.of("max-attempts", 3, "multiplier", 2), "list", List.of(1, 2)));
    PolicyTree above =
        PolicyTree.of(Map.of("retry", Map.of("max-attempts", 5), "list", List.of(9)), FILE);

    PolicyTree merged = below.overlay(above);

    assertThat(merged.toMap())
        .isEqualTo(
            Map.of("retry", Map.of("max-attempts", 5L, "multiplier", 2L), "list", List.of(9L)));
    assertThat(merged.origin("retry", "max-attempts")).contains(FILE);
    assertThat(merged.origin("retry", "multiplier")).contains(Origin.ANNOTATION);
    assertThat(merged.origin("retry", "nothing")).isEmpty();
  }

  @Test
  void offReplacesAMapAndAnEmptySectionChangesNothing() {
    PolicyTree tree = PolicyTree.of(Map.of("retry", Map.of("max-attempts", 3)));
    PolicyTree nothing = PolicyTree.empty().with(List.of("retry"), null, FILE);

    assertThat(tree.overlay(PolicyTree.of(Map.of("retry", false))).get("retry")).isEqualTo(false);
    assertThat(tree.overlay(nothing)).isEqualTo(tree);
  }

  @Test
  void jsonHoldsThePlainValues() {
    PolicyTree tree =
        PolicyTree.of(Map.of("retry", Map.of("max-attempts", 4, "wait-duration", "2s")));

    assertThat(PolicyTree.fromJson(tree.toJson(), FILE)).isEqualTo(tree).hasSameHashCodeAs(tree);
  }

  @Test
  void settingsListEachValueWithItsOrigin() {
    PolicyTree tree = PolicyTree.of(Map.of("retry", Map.of("max-attempts", 4)), FILE);

    assertThat(tree.settings())
        .extracting(Setting::toString)
        .containsExactly("retry.max-attempts: 4  (gild.yaml:3:5)");
  }
}
