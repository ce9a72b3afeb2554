package io.gild.observability;

import io.gild.config.Experimental;

/**
 * The telemetry of a call.
 *
 * @param spans whether calls become spans
 * @param metrics whether calls are metered
 * @param log whether each call leaves one structured log line
 * @param content whether prompts and answers may appear in telemetry; off by default
 */
@Experimental
public record ObservePolicy(boolean spans, boolean metrics, boolean log, boolean content) {}
