package io.gild.routing;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Event;

/**
 * A call went on with the next model after one had failed.
 *
 * @param method the routed method
 * @param from the model that failed
 * @param to the next model
 */
@Experimental
public record FailedOver(MethodSpec method, String from, String to) implements Event {}
