package io.gild.core;

import io.gild.config.Experimental;

/**
 * What the requests to one model cost within a call.
 *
 * @param provider the provider of the model, {@code unknown} if it was not reported
 * @param model the model of the requests, or else the one that answered
 * @param nanoUsd billionths of a US dollar in the order of {@link CostKind}
 * @param unpriced requests whose model had no known price
 */
@Experimental
@SuppressWarnings("ArrayRecordComponent") // never compared; copied at birth and on the way out
public record ModelCost(String provider, String model, long[] nanoUsd, long unpriced) {

  static final String UNKNOWN = "unknown";

  /** Stands for the cost of a request without a known price. */
  static final long[] UNPRICED = {};

  /** Copies the array. */
  public ModelCost {
    nanoUsd = nanoUsd.clone();
  }

  @Override
  public long[] nanoUsd() {
    return nanoUsd.clone();
  }
}
