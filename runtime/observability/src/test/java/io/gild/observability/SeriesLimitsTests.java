package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.spi.MeterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesLimitsTests {

  private static final MeterSpec METHODS =
      MeterSpec.counter("gild.test.calls", "Calls").ofMethods("error.type");

  private final SeriesLimits limits = new SeriesLimits(10_000);

  @Test
  void givesEachAgentItsOwnRoom() {
    for (int i = 0; i < 40; i++) {
      limits.fold(METHODS, List.of("support", "answer", "1", "com.acme.Failure" + i));
    }

    assertThat(limits.fold(METHODS, List.of("support", "answer", "1", "com.acme.Failure0")))
        .containsExactly("support", "answer", "1", "com.acme.Failure0");
    assertThat(limits.fold(METHODS, List.of("support", "answer", "1", "com.acme.Failure35")))
        .containsExactly("support", "answer", "1", "other");
    assertThat(limits.fold(METHODS, List.of("sales", "answer", "1", "com.acme.Failure35")))
        .containsExactly("sales", "answer", "1", "com.acme.Failure35");
    assertThat(limits.folded()).isEqualTo(11);
  }

  @Test
  void putsFurtherAgentsTogether() {
    for (int i = 0; i < 1_500; i++) {
      limits.fold(METHODS, List.of("agent" + i, "answer", "1", ""));
    }

    assertThat(limits.fold(METHODS, List.of("agent1400", "answer", "1", "")))
        .containsExactly("other", "answer", "1", "");
    assertThat(limits.series()).isEqualTo(1_001);
  }

  @Test
  void limitsAllSeriesTogether() {
    SeriesLimits few = new SeriesLimits(2);
    few.fold(METHODS, List.of("a", "m", "1", ""));
    few.fold(METHODS, List.of("b", "m", "1", ""));

    assertThat(few.fold(METHODS, List.of("c", "m", "1", "")))
        .containsExactly("other", "other", "other", "other");
    assertThat(few.fold(METHODS, List.of("a", "m", "1", ""))).containsExactly("a", "m", "1", "");
    few.forget("gild.test.calls", List.of("a", "m", "1", ""));
    assertThat(few.fold(METHODS, List.of("c", "m", "1", ""))).containsExactly("c", "m", "1", "");
  }

  @Test
  void cutsAndCleansValues() {
    List<String> kept =
        limits.fold(
            METHODS, List.of("a\u001b[31m\r\nb\u202e", "m", "1", "x".repeat(199) + "\ud83d\ude00"));

    assertThat(kept.get(0)).isEqualTo("a\\u001b[31m  b\\u202e");
    assertThat(kept.get(3)).isEqualTo("x".repeat(199));
  }
}
