/**
 * Calls agents that speak the Agent2Agent protocol, versions 1.0 and 0.3.
 *
 * <p>Each call is a governed method: it has the policies, spans and counts of any other agent.
 */
@NullMarked
package io.gild.a2a.client;

import org.jspecify.annotations.NullMarked;
