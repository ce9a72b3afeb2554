package io.gild.testkit;

import io.gild.config.Experimental;

/**
 * A model's request to call a tool.
 *
 * @param id the name of this call, by which its result refers to it
 * @param name the tool
 * @param arguments the arguments as a JSON object
 */
@Experimental
public record RequestedTool(String id, String name, String arguments) {}
