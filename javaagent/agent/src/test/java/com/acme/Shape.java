package com.acme;

/** A method that implementations inherit, lambdas too. */
@FunctionalInterface
public interface Shape {

  int next();

  default String described(String prefix) {
    if (next() < 3) {
      throw new IllegalStateException("flaky");
    }
    return prefix + " done";
  }
}
