package io.gild.operations.spi;

import io.gild.config.Experimental;

/** Tests a new version on its own address, before it gets any call. */
@Experimental
@FunctionalInterface
public interface SmokeCheck {

  /**
   * Runs the tests; may take as long as they need.
   *
   * @param address where the version answers, such as {@code http://127.0.0.1:8081}
   * @return what failed, or an empty text; if it begins with {@code health:}, the version may not
   *     be ready yet, and the tests are run again until its {@code start-timeout}
   */
  String run(String address);
}
