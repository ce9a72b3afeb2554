package io.gild.config;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of tokens that providers count: input, output, and parts of them.
 *
 * <p>All names of a kind are here, and everything that writes tokens iterates the constants. A new
 * kind is a constant and, if it has a price, a component of {@link Price}. A kind comes after the
 * one that contains it, in the order in which reports list them.
 */
public enum TokenKind {
  /** Tokens of the prompt, those read from and written to a cache included. */
  INPUT(null, "inputTokens", "input", "gen_ai.usage.input_tokens"),

  /** Tokens of the answer, reasoning included. */
  OUTPUT(null, "outputTokens", "output", "gen_ai.usage.output_tokens"),

  /** Input that the provider read from its cache. */
  CACHED_INPUT(INPUT, "cachedInputTokens", "cache_read", "gen_ai.usage.cache_read.input_tokens"),

  /** Input that the provider wrote to its cache. */
  CACHE_WRITE(
      INPUT, "cacheWriteTokens", "cache_creation", "gen_ai.usage.cache_creation.input_tokens"),

  /** Cache writes that are kept for an hour rather than for minutes. */
  CACHE_WRITE_HOUR(CACHE_WRITE, "hourCacheWriteTokens", "cache_creation_1h", null),

  /** Output that the model reasoned with. */
  REASONING(OUTPUT, "reasoningTokens", "reasoning", "gen_ai.usage.reasoning.output_tokens"),

  /** Input that is audio and was not cached. */
  INPUT_AUDIO(INPUT, "inputAudioTokens", "input_audio", null),

  /** Output that is audio. */
  OUTPUT_AUDIO(OUTPUT, "outputAudioTokens", "output_audio", null);

  private final @Nullable TokenKind whole;
  private final String field;
  private final String type;
  private final @Nullable String attribute;

  TokenKind(@Nullable TokenKind whole, String field, String type, @Nullable String attribute) {
    this.whole = whole;
    this.field = field;
    this.type = type;
    this.attribute = attribute;
  }

  /**
   * Returns the key of the kind's price in the settings.
   *
   * @return a key such as {@code cache-write}
   */
  public String key() {
    return Keys.kebab(this);
  }

  /**
   * Returns the field that has the kind's tokens in JSON files.
   *
   * @return a name such as {@code cacheWriteTokens}
   */
  public String field() {
    return field;
  }

  /**
   * Returns the kind in tags of meters.
   *
   * @return the word of OpenTelemetry's {@code gen_ai.token.type}, or a similar one, such as {@code
   *     cache_creation}
   */
  public String type() {
    return type;
  }

  /**
   * Returns the attribute of spans that OpenTelemetry's GenAI conventions have for the kind.
   *
   * @return its key, or {@code null} if they have none
   */
  public @Nullable String attribute() {
    return attribute;
  }

  /**
   * Returns the kind that contains this one. A model without a price for this kind charges it as
   * that kind.
   *
   * @return the kind, or {@code null} for {@link #INPUT} and {@link #OUTPUT}
   */
  public @Nullable TokenKind whole() {
    return whole;
  }

  /**
   * Returns whether models may have a price for the kind. Its tokens are then not charged as the
   * kind that contains it, so that kinds with a price share no token with each other.
   *
   * @return whether {@link Price} has a component for it
   */
  public boolean isPriced() {
    return this != REASONING;
  }
}
