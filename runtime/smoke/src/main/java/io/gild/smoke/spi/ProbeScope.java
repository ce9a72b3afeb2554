package io.gild.smoke.spi;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a probe may know.
 *
 * @param settings the application's settings
 * @param url the application's own address; {@code null} if it is unknown
 * @param timeout after how long the test fails; above zero
 */
@Experimental
public record ProbeScope(Settings settings, @Nullable URI url, Duration timeout) {}
