package io.gild.smoke;

import io.gild.smoke.spi.SmokeFinding;

/** Runs one smoke test. */
interface SmokeStep {

  /**
   * Runs the test; its thread is interrupted after the timeout.
   *
   * @throws Exception if something does not work; the message is the reason
   */
  SmokeFinding run(SmokeScope scope) throws Exception;
}
