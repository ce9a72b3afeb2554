package io.gild.a2a.spi;

import io.gild.config.Experimental;

/**
 * The agent and the tenant that a task belongs to; no other tenant ever sees it.
 *
 * @param agent the name of the agent; empty for the one at the root
 * @param tenant the tenant; empty if there is only one
 */
@Experimental
public record TaskOwner(String agent, String tenant) {}
