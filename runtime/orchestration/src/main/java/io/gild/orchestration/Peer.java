package io.gild.orchestration;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * An agent that bids for tasks.
 *
 * @param bid returns its bid for a task, or {@code null} if it does not want it
 * @param work does the task
 * @param <I> the task
 * @param <O> what it returns
 */
@Experimental
public record Peer<I extends @Nullable Object, O extends @Nullable Object>(
    StepFunction<I, @Nullable Bid> bid, Workflow<I, O> work) {}
