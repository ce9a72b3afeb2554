package io.gild.core;

/**
 * Tokens that one or more model requests used.
 *
 * @param inputTokens tokens of the prompt, cached and newly cached ones included; zero or more
 * @param cachedInputTokens the part of {@code inputTokens} the provider read from its cache
 * @param cacheWriteTokens the part of {@code inputTokens} the provider wrote to its cache
 * @param outputTokens tokens of the answer, reasoning included; zero or more
 * @param reasoningTokens the part of {@code outputTokens} the model thought with
 * @param hourCacheWriteTokens the part of {@code cacheWriteTokens} that is kept for an hour rather
 *     than for minutes
 * @param inputAudioTokens the part of {@code inputTokens} that was sound and not cached
 * @param outputAudioTokens the part of {@code outputTokens} that is sound
 */
public record Usage(
    long inputTokens,
    long cachedInputTokens,
    long cacheWriteTokens,
    long outputTokens,
    long reasoningTokens,
    long hourCacheWriteTokens,
    long inputAudioTokens,
    long outputAudioTokens) {

  /** No tokens. */
  public static final Usage NONE = new Usage(0, 0, 0);

  /** Checks the values. */
  public Usage {
    notNegative(inputTokens, "inputTokens");
    notNegative(cachedInputTokens, "cachedInputTokens");
    notNegative(cacheWriteTokens, "cacheWriteTokens");
    notNegative(outputTokens, "outputTokens");
    notNegative(reasoningTokens, "reasoningTokens");
    notNegative(hourCacheWriteTokens, "hourCacheWriteTokens");
    notNegative(inputAudioTokens, "inputAudioTokens");
    notNegative(outputAudioTokens, "outputAudioTokens");
  }

  /**
   * Creates a usage of text, of which nothing was cached for an hour.
   *
   * @param inputTokens tokens of the prompt, cached and newly cached ones included; zero or more
   * @param cachedInputTokens the part of {@code inputTokens} the provider read from its cache
   * @param cacheWriteTokens the part of {@code inputTokens} the provider wrote to its cache
   * @param outputTokens tokens of the answer, reasoning included; zero or more
   * @param reasoningTokens the part of {@code outputTokens} the model thought with
   */
  public Usage(
      long inputTokens,
      long cachedInputTokens,
      long cacheWriteTokens,
      long outputTokens,
      long reasoningTokens) {
    this(inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens, 0, 0, 0);
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
   * Returns this usage with what the provider keeps in its cache for an hour.
   *
   * @param tokens a part of {@link #cacheWriteTokens}
   * @return the usage
   */
  public Usage withHourCacheWrites(long tokens) {
    return new Usage(
        inputTokens,
        cachedInputTokens,
        cacheWriteTokens,
        outputTokens,
        reasoningTokens,
        tokens,
        inputAudioTokens,
        outputAudioTokens);
  }

  /**
   * Returns this usage with what of it was sound.
   *
   * @param input a part of {@link #inputTokens}
   * @param output a part of {@link #outputTokens}
   * @return the usage
   */
  public Usage withAudio(long input, long output) {
    return new Usage(
        inputTokens,
        cachedInputTokens,
        cacheWriteTokens,
        outputTokens,
        reasoningTokens,
        hourCacheWriteTokens,
        input,
        output);
  }

  /**
   * Returns the numbers in the order of the record's components.
   *
   * @return a new array
   */
  public long[] toArray() {
    return new long[] {
      inputTokens,
      cachedInputTokens,
      cacheWriteTokens,
      outputTokens,
      reasoningTokens,
      hourCacheWriteTokens,
      inputAudioTokens,
      outputAudioTokens
    };
  }

  /**
   * Creates a usage of numbers in the order of the record's components.
   *
   * @param tokens as {@link #toArray} returns them
   * @return the usage
   * @throws IllegalArgumentException if there are more or fewer numbers, or one is negative
   */
  public static Usage ofArray(long[] tokens) {
    if (tokens.length != 8) {
      throw new IllegalArgumentException("a usage has 8 numbers, not " + tokens.length);
    }
    return new Usage(
        tokens[0], tokens[1], tokens[2], tokens[3], tokens[4], tokens[5], tokens[6], tokens[7]);
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
        reasoningTokens + other.reasoningTokens,
        hourCacheWriteTokens + other.hourCacheWriteTokens,
        inputAudioTokens + other.inputAudioTokens,
        outputAudioTokens + other.outputAudioTokens);
  }

  private static void notNegative(long tokens, String name) {
    if (tokens < 0) {
      throw new IllegalArgumentException(name + " must not be negative, but is " + tokens);
    }
  }
}
