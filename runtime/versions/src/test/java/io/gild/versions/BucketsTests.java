package io.gild.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BucketsTests {

  /** The values are those of the reference implementation. */
  @Test
  void hashesAsMurmurThreeDoes() {
    assertThat(murmur("")).isZero();
    assertThat(murmur("hello")).isEqualTo(0x248bfa47);
    assertThat(murmur("hello, world")).isEqualTo(0x149bbb7f);
    assertThat(murmur("The quick brown fox jumps over the lazy dog")).isEqualTo(0x2e4ff723);
  }

  private static int murmur(String text) {
    return Buckets.murmur(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void givesTheSameBucketInEveryJvm() {
    assertThat(Buckets.of("support-2", "customer-1")).isEqualTo(220);
    assertThat(Buckets.of("support-2", "Größe-ß")).isEqualTo(7267);
  }

  @Test
  void dividesKeysEvenly() {
    int[] tenths = new int[10];
    for (int i = 0; i < 100_000; i++) {
      tenths[Buckets.of("support-2", "customer-" + i) / 1_000]++;
    }

    assertThat(Arrays.stream(tenths).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
  }

  @Test
  void dividesTheKeysOfEachRolloutAnew() {
    int both = 0;
    for (int i = 0; i < 10_000; i++) {
      String key = "customer-" + i;
      both += Buckets.of("one", key) < 1_000 && Buckets.of("other", key) < 1_000 ? 1 : 0;
    }

    assertThat(both).as("a tenth of a tenth").isBetween(50, 150);
  }
}
