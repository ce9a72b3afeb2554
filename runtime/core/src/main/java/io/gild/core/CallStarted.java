package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.Event;

/**
 * A governed call began; no policy has seen it yet.
 *
 * @param method the method
 * @param call number of the call within its runtime, above zero
 * @param parent number of the enclosing call; 0 if there is none
 */
@Experimental
public record CallStarted(MethodSpec method, long call, long parent) implements Event {}
