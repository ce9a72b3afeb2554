/**
 * The telemetry of governed calls: spans, meters, log lines, a report.
 *
 * <p>Names are OpenTelemetry's GenAI conventions (1.41.1) where those exist. No prompt, answer, key
 * or token text appears anywhere unless it is switched on.
 */
@NullMarked
package io.gild.observability;

import org.jspecify.annotations.NullMarked;
