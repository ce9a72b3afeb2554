package io.gild.a2a;

import io.gild.config.Experimental;

/** What an agent answers a message with: a task, or a message if there is nothing to track. */
@Experimental
public sealed interface A2aReply extends A2aEvent permits A2aTask, A2aMessage {}
