package io.gild.vectors;

import java.util.Optional;

/**
 * Products of vectors, summed in eight lanes that are added in a fixed order, so that the machine's
 * vector unit and plain code have the same results bit by bit.
 *
 * <p>The vector unit is used where the JVM has its module: {@code --add-modules
 * jdk.incubator.vector}.
 */
interface Products {

  /** How many sums run side by side. */
  int LANES = 8;

  /** The fastest implementation of this JVM. */
  Products FASTEST = fastest();

  /**
   * Returns the product of two vectors of one length.
   *
   * @param left array of the first vector
   * @param from where the first vector begins
   * @param right the second vector, from its beginning
   */
  float of(float[] left, int from, float[] right);

  private static Products fastest() {
    Optional<Module> unit = ModuleLayer.boot().findModule("jdk.incubator.vector");
    if (unit.isPresent()) {
      try {
        Products.class.getModule().addReads(unit.get());
        Class<?> type = Class.forName("io.gild.vectors.SimdProducts");
        return (Products) type.getDeclaredMethod("create").invoke(null);
      } catch (ReflectiveOperationException | LinkageError | ClassCastException narrow) {
        return new ScalarProducts();
      }
    }
    return new ScalarProducts();
  }
}
