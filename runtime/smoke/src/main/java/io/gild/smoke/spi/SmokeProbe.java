package io.gild.smoke.spi;

import io.gild.config.Experimental;

/**
 * Tests one part of an application as a part of a smoke test, such as a store that the settings
 * name. Found by the service loader. The probe uses a name of its own and removes what it wrote.
 */
@Experimental
public interface SmokeProbe {

  /**
   * Returns the test that this is a part of.
   *
   * @return {@code AUTHENTICATION}, {@code STORAGE} or {@code QUEUE}
   */
  SmokeTest test();

  /**
   * Runs the probe. Its thread is interrupted after the timeout.
   *
   * @param scope what it may know
   * @return what it found; not applicable if the settings do not use the part
   * @throws Exception if the part does not work; the test then fails with the message
   */
  SmokeFinding run(ProbeScope scope) throws Exception;
}
