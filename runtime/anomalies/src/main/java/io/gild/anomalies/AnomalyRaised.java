package io.gild.anomalies;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Event;

/**
 * A method became unusual.
 *
 * @param method the method
 * @param flag what is unusual about it
 */
@Experimental
public record AnomalyRaised(MethodSpec method, AnomalyFlag flag) implements Event {}
