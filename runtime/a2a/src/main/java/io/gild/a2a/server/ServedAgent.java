package io.gild.a2a.server;

import io.gild.a2a.AgentCard;
import io.gild.a2a.spi.TaskStore;
import org.jspecify.annotations.Nullable;

/**
 * An agent with the card that its clients see and the tasks that it has.
 *
 * @param name its name
 * @param card the card, with its addresses
 * @param extendedCard the extended card as it is served, or {@code null}
 * @param handler answers its messages
 * @param tasks the tasks that someone works on
 * @param store all tasks
 */
record ServedAgent(
    String name,
    AgentCard card,
    @Nullable String extendedCard,
    A2aHandler handler,
    LiveTasks tasks,
    TaskStore store) {}
