package io.gild.twin;

import io.gild.config.Experimental;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How an agent has done.
 *
 * @param source where the figures come from, such as {@code runtime} or the name of a file
 * @param calls calls that began; zero or more
 * @param failed calls that failed
 * @param refused calls that a policy refused
 * @param inputTokens tokens that its models read
 * @param outputTokens tokens that its models wrote
 * @param costUsd what they cost, in US dollars; a lower bound if requests had no known price
 * @param unpriced requests to models without a known price
 * @param medianMillis time of half of the calls at most, in milliseconds; {@code null} if unknown
 * @param p95Millis time of 95 percent of the calls at most, in milliseconds; {@code null} if
 *     unknown
 * @param sampledOut how many of the calls a sampled log does not have; if above zero, all figures
 *     are estimates, for which each line of the sample stands for several calls
 */
@Experimental
public record TwinFigures(
    String source,
    long calls,
    long failed,
    long refused,
    long inputTokens,
    long outputTokens,
    BigDecimal costUsd,
    long unpriced,
    @Nullable Double medianMillis,
    @Nullable Double p95Millis,
    long sampledOut) {}
