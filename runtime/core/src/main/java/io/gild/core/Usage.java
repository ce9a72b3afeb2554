package io.gild.core;

/**
 * Tokens that one or more model requests used.
 *
 * @param inputTokens tokens of the prompt, cached and newly cached ones included; zero or more
 * @param cachedInputTokens the part of {@code inputTokens} the provider read from its cache
 * @param cacheWriteTokens the part of {@code inputTokens} the provider wrote to its cache
 * @param outputTokens tokens of the answer, reasoning included; zero or more
 * @param reasoningTokens the part of {@code outputTokens} the model thought with
 */
public record Usage(
    long inputTokens,
    long cachedInputTokens,
    long cacheWriteTokens,
    long outputTokens,
    long reasoningTokens) {

  /** No tokens. */
  public static final Usage NONE = new Usage(0, 0, 0);

  /** Checks the values. */
  public Usage {
    notNegative(inputTokens, "inputTokens");
    notNegative(cachedInputTokens, "cachedInputTokens");
    notNegative(cacheWriteTokens, "cacheWriteTokens");
    notNegative(outputTokens, "outputTokens");
    notNegative(reasoningTokens, "reasoningTokens");
  }

  /**
   * Creates a usage of which nothing was written to a cache and nothing is known to be reasoning.
   *
   * @param inputTokens tokens of the prompt, cached ones included; zero or more
   * @param cachedInputTokens the part of {@code inputTokens} the provider read from its cache
   * @param outputTokens tokens of the answer, reasoning included; zero or more
   */
  public Usage(long inputTokens, long cachedInputTokens, long outputTokens) {
    this(inputTokens, cachedInputTokens, 0, outputTokens, 0);
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
        cacheWriteTokens + other.cacheWriteTokens,
        outputTokens + other.outputTokens,
        reasoningTokens + other.reasoningTokens);
  }

  private static void notNegative(long tokens, String name) {
    if (tokens < 0) {
      throw new IllegalArgumentException(name + " must not be negative, but is " + tokens);
    }
  }
}
