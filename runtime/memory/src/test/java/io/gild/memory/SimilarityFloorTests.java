package io.gild.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimilarityFloorTests {

  @Test
  void isTheHundredthSimilarity() {
    List<Double> similarities = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      similarities.add(1 - i / 1000.0);
    }
    Collections.shuffle(similarities, new Random(1));

    SimilarityFloor floor = SimilarityFloor.among(similarities);

    assertThat(floor.similarity()).isEqualTo(1 - 99 / 1000.0);
    assertThat(floor.margin(0.951)).isCloseTo(0.05, within(1e-12));
    assertThat(floor.margin(0.5)).isZero();
    assertThat(SimilarityFloor.among(similarities.subList(0, 100)).similarity())
        .isEqualTo(Collections.min(similarities.subList(0, 100)));
  }

  @Test
  void isLowIfThereAreFewMemories() {
    assertThat(SimilarityFloor.among(List.of(0.75, 0.5)).similarity()).isEqualTo(0.01);
    assertThat(SimilarityFloor.among(List.of()).similarity()).isZero();
  }

  @Test
  void isNeverBelowZero() {
    SimilarityFloor floor = SimilarityFloor.among(List.of(0.5, -0.5));

    assertThat(floor.similarity()).isZero();
    assertThat(floor.margin(-0.5)).isZero();
    assertThat(floor.margin(0.5)).isEqualTo(0.5);
  }
}
