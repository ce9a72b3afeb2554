package io.gild.core;

/**
 * What happened in the calls of one method, in whatever applications have it, since the start.
 *
 * @param spec the method, as the first application describes it
 * @param counts what is counted
 * @param retryLayers how often the layers around a model tried
 */
public record MethodTotals(MethodSpec spec, Counts counts, RetryLayers retryLayers) {

  MethodTotals(MethodSpec spec) {
    this(spec, new Counts(), new RetryLayers());
  }
}
