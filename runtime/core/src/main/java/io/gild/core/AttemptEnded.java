package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.Event;
import java.time.Duration;

/**
 * A method's own code ran once within a call.
 *
 * @param method the method
 * @param call number of the call within its runtime
 * @param attempt number of the attempt within the call, from 1
 * @param elapsed time since the call began
 * @param error class name of the thrown exception; empty if the attempt succeeded
 */
@Experimental
public record AttemptEnded(
    MethodSpec method, long call, int attempt, Duration elapsed, String error) implements Event {}
