package io.gild.a2a;

import io.gild.config.Experimental;

/**
 * The organization that runs an agent.
 *
 * @param organization its name
 * @param url its website
 */
@Experimental
public record AgentProvider(String organization, String url) {}
