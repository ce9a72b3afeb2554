package io.gild.a2a;

import io.gild.config.Experimental;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a task at a time; immutable.
 *
 * @param state the state
 * @param message what the agent says about it, or {@code null}
 * @param timestamp when the state began, or {@code null} if a foreign agent did not say
 */
@Experimental
public record A2aTaskStatus(
    A2aTaskState state, @Nullable A2aMessage message, @Nullable Instant timestamp) {}
