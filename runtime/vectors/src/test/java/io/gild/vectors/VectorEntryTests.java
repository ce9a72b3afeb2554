package io.gild.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorEntryTests {

  private static final float[] VECTOR = {1, 2};

  static List<Number> sevens() {
    return List.of(
        7, 7L, (short) 7, (byte) 7, 7f, 7d, new BigDecimal("7.00"), BigInteger.valueOf(7));
  }

  @ParameterizedTest
  @MethodSource("sevens")
  void comparesNumbersByValue(Number seven) {
    Map<String, Object> metadata = new VectorEntry("x", VECTOR, Map.of("n", seven)).metadata();

    assertThat(metadata).isEqualTo(new VectorEntry("y", VECTOR, Map.of("n", 7)).metadata());
    for (Number other : sevens()) {
      assertThat(MetadataFilter.equalTo("n", other).accepts(metadata)).isTrue();
      assertThat(MetadataFilter.atLeast("n", other).accepts(metadata)).isTrue();
      assertThat(MetadataFilter.atMost("n", other).accepts(metadata)).isTrue();
    }
    assertThat(MetadataFilter.equalTo("n", "7").accepts(metadata)).isFalse();
    assertThat(MetadataFilter.atLeast("n", 7.5).accepts(metadata)).isFalse();
  }

  @Test
  void keepsLargeNumbersExact() {
    long large = (1L << 53) + 1;
    Map<String, Object> metadata = new VectorEntry("x", VECTOR, Map.of("n", large)).metadata();

    assertThat(MetadataFilter.equalTo("n", large).accepts(metadata)).isTrue();
    assertThat(MetadataFilter.equalTo("n", large - 1).accepts(metadata)).isFalse();
  }

  @Test
  void rejectsMetadataThatNoStoreCanKeep() {
    for (Object value :
        Arrays.asList(Double.NaN, Float.POSITIVE_INFINITY, List.of("a"), Map.of(), null)) {
      assertThatThrownBy(() -> new VectorEntry("x", VECTOR, Collections.singletonMap("key", value)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "metadata \"key\" of x must be a text, a finite number or a boolean, but is "
                  + value);
    }
    assertThatThrownBy(() -> MetadataFilter.atLeast("n", Double.NaN))
        .hasMessage("the bound of n must be finite: NaN");
    assertThatThrownBy(() -> new VectorEntry("", VECTOR, Map.of()))
        .hasMessage("id must not be empty");
    assertThat(new VectorEntry("x", VECTOR, Map.of("n", new AtomicLong(3))).metadata())
        .containsEntry("n", new BigDecimal("3"));
  }

  @Test
  void sharesNothingWithItsMaker() {
    float[] vector = {1, 2};
    Map<String, Object> metadata = new HashMap<>(Map.of("a", "b"));
    VectorEntry entry = new VectorEntry("x", vector, metadata);

    vector[0] = 9;
    metadata.clear();
    entry.vector()[1] = 9;

    assertThat(entry.vector()).containsExactly(1, 2);
    assertThat(entry.metadata()).containsExactly(Map.entry("a", "b"));
    assertThat(entry).isEqualTo(new VectorEntry("x", new float[] {1, 2}, Map.of("a", "b")));
  }
}
