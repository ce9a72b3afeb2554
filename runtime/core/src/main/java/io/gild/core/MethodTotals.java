package io.gild.core;

import io.gild.config.Experimental;

/**
 * The totals of the calls of one method since the start, in all applications that have it.
 *
 * @param spec the method, as the first application describes it
 * @param counts what is counted
 * @param retryLayers the attempts of each layer around a model
 */
@Experimental
public record MethodTotals(MethodSpec spec, Counts counts, RetryLayers retryLayers) {

  MethodTotals(MethodSpec spec) {
    this(spec, new Counts(), new RetryLayers());
  }
}
