/**
 * Learns what is usual for each agent and reports what is not, with the reason.
 */
@NullMarked
package io.gild.anomalies;

import org.jspecify.annotations.NullMarked;
