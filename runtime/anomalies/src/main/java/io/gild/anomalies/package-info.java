/** Learns the usual behaviour of each agent and reports the unusual, with the reason. */
@NullMarked
package io.gild.anomalies;

import org.jspecify.annotations.NullMarked;
