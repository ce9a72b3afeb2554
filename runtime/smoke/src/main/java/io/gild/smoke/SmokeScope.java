package io.gild.smoke;

import io.gild.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What smoke tests share.
 *
 * @param control asks the control endpoint; {@code null} if there is none
 * @param agent the agent; {@code null} if it cannot be asked
 * @param noAgent why it cannot be asked; empty if it can
 * @param hasProbes whether the settings are those of the application, so that what they name can be
 *     tested
 */
record SmokeScope(
    Settings settings,
    SmokeSettings smoke,
    @Nullable URI url,
    @Nullable Path data,
    HttpCaller http,
    @Nullable ControlCaller control,
    @Nullable SmokeAgent agent,
    String noAgent,
    boolean hasProbes) {

  Duration timeout() {
    return smoke.timeout();
  }
}
