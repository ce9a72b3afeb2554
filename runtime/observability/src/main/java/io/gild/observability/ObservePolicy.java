package io.gild.observability;

import io.gild.config.Experimental;

/**
 * The telemetry of a call.
 *
 * @param spans whether calls become spans
 * @param metrics whether calls are metered
 * @param log whether each call leaves one structured log line
 * @param content whether spans contain prompts and answers, without the secrets and personal data
 *     that are recognized; off by default, and never in logs or meters
 */
@Experimental
public record ObservePolicy(boolean spans, boolean metrics, boolean log, boolean content) {}
