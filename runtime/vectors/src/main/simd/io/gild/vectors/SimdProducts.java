package io.gild.vectors;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Products on the machine's vector unit, if it has eight lanes or more. */
final class SimdProducts implements Products {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

  private SimdProducts() {}

  /**
   * Returns the products of this machine.
   *
   * @return the vector unit's, or those of plain code where it is narrower
   */
  static Products create() {
    boolean wide = FloatVector.SPECIES_PREFERRED.length() >= LANES;
    return wide ? new SimdProducts() : new ScalarProducts();
  }

  @Override
  public float of(float[] left, int from, float[] right) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int whole = right.length - right.length % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector products =
          FloatVector.fromArray(SPECIES, left, from + i)
              .mul(FloatVector.fromArray(SPECIES, right, i));
      sum = sum.add(products);
    }
    float lanes =
        ((sum.lane(0) + sum.lane(4)) + (sum.lane(2) + sum.lane(6)))
            + ((sum.lane(1) + sum.lane(5)) + (sum.lane(3) + sum.lane(7)));
    for (int i = whole; i < right.length; i++) {
      lanes += left[from + i] * right[i];
    }
    return lanes;
  }
}
