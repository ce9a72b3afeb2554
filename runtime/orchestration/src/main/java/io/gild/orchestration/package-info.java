/**
 * Runs of several agents: pipelines, parallel steps, supervisors, bids, votes and hand-offs.
 *
 * <p>A durable run goes on after the last finished step when its JVM was killed, and repeats no
 * side effect.
 */
@NullMarked
package io.gild.orchestration;

import org.jspecify.annotations.NullMarked;
