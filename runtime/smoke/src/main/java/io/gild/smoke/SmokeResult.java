package io.gild.smoke;

import io.gild.config.Experimental;
import io.gild.smoke.spi.SmokeFinding.Outcome;
import io.gild.smoke.spi.SmokeTest;
import java.time.Duration;

/**
 * The result of one smoke test.
 *
 * @param test the test
 * @param outcome how it ended
 * @param reason one sentence: what was tested, what is wrong, or why there is nothing to test
 * @param took how long it ran; zero or more
 */
@Experimental
public record SmokeResult(SmokeTest test, Outcome outcome, String reason, Duration took) {}
