package io.gild.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantedVectorTests {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 19, 100, 384, 1_536})
  void boundsTheSimilarityOfEveryKindOfVector(int length) {
    VectorSpace space = new VectorSpace("bounds", length);
    Random random = new Random(length);
    VectorBlock block = new DenseVectorBlock(length);
    for (int round = 0; round < 300; round++) {
      WantedVector wanted = new WantedVector(vector(space, random, round % 3));
      float[] near = wanted.unit().clone();
      near[random.nextInt(length)] += 0.01f;
      block.set(0, round % 2 == 0 ? vector(space, random, round % 3) : space.unit("near", near));
      block.set(1, wanted.unit());

      for (int row = 0; row < 2; row++) {
        double similarity = block.similarity(row, wanted);
        assertThat(block.similarityBound(row, wanted)).isBetween(similarity, similarity + 0.1);
      }
    }
  }

  /** With a loose bound, a search would read every vector again. */
  @Test
  void boundsTheSimilarityTightly() {
    VectorSpace space = new VectorSpace("bounds", 384);
    Random random = new Random(3);
    VectorBlock block = new DenseVectorBlock(384);
    for (int round = 0; round < 100; round++) {
      WantedVector wanted = new WantedVector(vector(space, random, 0));
      block.set(0, vector(space, random, 0));

      assertThat(block.similarityBound(0, wanted))
          .isCloseTo(block.similarity(0, wanted), within(0.04));
    }
  }

  /** Returns a dense vector, one of a few components, or one of very different components. */
  private static float[] vector(VectorSpace space, Random random, int kind) {
    float[] vector = new float[space.dimensions()];
    for (int i = 0; i < vector.length; i++) {
      boolean zero = kind == 1 && random.nextInt(5) > 0;
      double power = kind == 2 ? random.nextInt(20) : 0;
      vector[i] = zero ? 0 : (float) (random.nextGaussian() * Math.pow(10, power));
    }
    vector[random.nextInt(vector.length)] += 1;
    return space.unit("test", vector);
  }
}
