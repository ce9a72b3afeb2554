package io.gild.core.spi;

import io.gild.core.Usage;

/** Turns tokens into money; found by {@link java.util.ServiceLoader}. */
public interface Pricing {

  /**
   * Returns the price of a usage.
   *
   * @param model name of the model as its provider reports it
   * @param usage tokens
   * @return billionths of a US dollar, or -1 if the model has no known price
   */
  long nanoUsd(String model, Usage usage);
}
