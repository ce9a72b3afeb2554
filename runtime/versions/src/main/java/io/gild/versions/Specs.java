package io.gild.versions;

import io.gild.core.MethodSpec;

/** Describes the methods of new versions. */
final class Specs {

  private Specs() {}

  /**
   * Describes a method of a new version.
   *
   * @param present the present method, whose name the new one keeps
   * @param declared the method as the new code declares it
   * @param version name of the new version
   */
  static MethodSpec of(MethodSpec present, MethodSpec declared, String version) {
    return new MethodSpec(
        present.kind(),
        present.agent(),
        version,
        present.className(),
        present.methodName(),
        present.descriptor(),
        declared.parameters().isEmpty() ? present.parameters() : declared.parameters(),
        declared.effect(),
        declared.declared(),
        present.wrapped());
  }
}
