package io.gild.core;

/**
 * Tokens that one or more model requests used.
 *
 * @param inputTokens tokens of the prompt, cached ones included; zero or more
 * @param cachedInputTokens the part of {@code inputTokens} the provider read from its cache
 * @param outputTokens tokens of the answer, reasoning included; zero or more
 */
public record Usage(long inputTokens, long cachedInputTokens, long outputTokens) {

  /** No tokens. */
  public static final Usage NONE = new Usage(0, 0, 0);

  /** Checks the values. */
  public Usage {
    if (inputTokens < 0 || outputTokens < 0 || cachedInputTokens < 0) {
      throw new IllegalArgumentException(
          "tokens must not be negative, but are "
              + inputTokens
              + ", "
              + cachedInputTokens
              + ", "
              + outputTokens);
    }
  }

  /**
   * Returns the sum of two usages.
   *
   * @param other the other usage
   * @return their sum
   */
  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        cachedInputTokens + other.cachedInputTokens,
        outputTokens + other.outputTokens);
  }
}
