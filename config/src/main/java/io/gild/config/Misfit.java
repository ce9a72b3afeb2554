package io.gild.config;

import io.gild.config.PolicyTree.Located;
import org.jspecify.annotations.Nullable;

/** Reports why one value does not fit in its place. */
final class Misfit extends RuntimeException {

  private final transient Origin origin;

  Misfit(@Nullable String message, Located value) {
    super(message, null, false, false);
    this.origin = value.origin();
  }

  static Misfit of(String key, String noun, Located value) {
    return new Misfit(key + " must be " + noun + ", but is " + YamlText.describe(value), value);
  }

  /** Represents problems that were reported where they were found. */
  static Misfit reported(Located value) {
    return new Misfit(null, value);
  }

  Origin origin() {
    return origin;
  }
}
