package io.gild.cost.spi;

import io.gild.config.Experimental;

/** Counts the tokens of texts as models do; found by {@link java.util.ServiceLoader}. */
@Experimental
public interface TokenCounter {

  /**
   * Counts tokens.
   *
   * @param model name of the model
   * @param text the text
   * @return how many tokens the text has; -1 if the model's tokenizer is unknown. Thread-safe
   */
  int count(String model, CharSequence text);
}
