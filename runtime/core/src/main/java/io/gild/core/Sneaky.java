package io.gild.core;

/** Throws the exception of a governed method unchanged, without wrapping. */
final class Sneaky {

  private Sneaky() {}

  @SuppressWarnings("unchecked")
  static <T extends Throwable> RuntimeException propagate(Throwable failure) throws T {
    throw (T) failure;
  }
}
