package io.gild.core.spi;

import io.gild.core.Counts;

/**
 * Something a policy did that operators want to hear of.
 *
 * @param agent name of the agent
 * @param method name of the method
 * @param event what happened
 * @param detail one short text without any prompt or answer, possibly empty
 */
public record PolicyEvent(String agent, String method, Counts.Event event, String detail) {}
