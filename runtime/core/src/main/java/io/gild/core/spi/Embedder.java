package io.gild.core.spi;

import io.gild.config.Experimental;

/**
 * Turns texts into vectors whose directions are alike if the texts mean alike; the first one that
 * {@link java.util.ServiceLoader} finds is used. Thread-safe.
 */
@Experimental
public interface Embedder {

  /**
   * Embeds a text.
   *
   * @param text the text; may be empty
   * @return the vector, of the same length for every text; not necessarily of length 1
   */
  float[] embed(String text);

  /**
   * Returns its name for reports.
   *
   * @return such as {@code all-minilm-l6-v2-q}
   */
  String name();
}
