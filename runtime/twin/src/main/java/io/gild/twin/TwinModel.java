package io.gild.twin;

import io.gild.config.Experimental;

/**
 * A model that an agent uses, or may be routed to.
 *
 * @param name its name as the provider reports it
 * @param tier the tier of the settings that it serves; empty if it serves none
 * @param requests how many requests to it were seen; 0 if only the settings name it
 */
@Experimental
public record TwinModel(String name, String tier, long requests) {}
