package io.gild.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsTests {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 16, 100, 384, 1_536})
  void sumsTheProductsOfAllComponents(int length) {
    Random random = new Random(length);
    float[] block = new float[3 * length];
    float[] wanted = new float[length];
    for (int i = 0; i < block.length; i++) {
      block[i] = (float) random.nextGaussian();
    }
    double expected = 0;
    for (int i = 0; i < length; i++) {
      wanted[i] = (float) random.nextGaussian();
      expected += (double) block[length + i] * wanted[i];
    }

    float plain = new ScalarProducts().of(block, length, wanted);
    assertThat((double) plain).isCloseTo(expected, within(1e-3));
    assertThat(Products.FASTEST.of(block, length, wanted)).isEqualTo(plain);
  }

  @Test
  void usesTheVectorUnitWhereTheJvmHasItsModule() {
    assertThat(Products.FASTEST.getClass().getSimpleName()).isEqualTo("SimdProducts");
  }
}
