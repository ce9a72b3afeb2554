package io.gild.core;

/** Throws what a governed method threw, as it was, without wrapping. */
final class Sneaky {

  private Sneaky() {}

  @SuppressWarnings("unchecked")
  static <T extends Throwable> RuntimeException propagate(Throwable failure) throws T {
    throw (T) failure;
  }
}
