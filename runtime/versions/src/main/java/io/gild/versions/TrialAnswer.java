package io.gild.versions;

import io.gild.config.Experimental;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one version to a question that no caller asked.
 *
 * @param value the result; {@code null} also if the call failed
 * @param failure what was thrown, or {@code null}
 * @param elapsed time until the answer was complete
 * @param refusedEffects how many side effects the version asked for: they did not run, so it may
 *     have answered differently than it would a caller
 */
@Experimental
public record TrialAnswer(
    @Nullable Object value, @Nullable Throwable failure, Duration elapsed, int refusedEffects) {}
