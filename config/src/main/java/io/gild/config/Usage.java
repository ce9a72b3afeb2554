package io.gild.config;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that one or more model requests used, by kind; immutable.
 *
 * <p>{@code Usage.of(1_000, 80).with(TokenKind.CACHED_INPUT, 600)} is 1,000 tokens of input, 600 of
 * them from the provider's cache, and 80 of output.
 */
public final class Usage {

  private static final TokenKind[] KINDS = TokenKind.values();

  /** No tokens. */
  public static final Usage NONE = new Usage(new long[KINDS.length]);

  /** Tokens by the ordinals of their kinds. */
  private final long[] tokens;

  /** Takes an array that no one else changes. */
  private Usage(long[] tokens) {
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0) {
        throw new IllegalArgumentException(
            KINDS[i].field() + " must not be negative, but is " + tokens[i]);
      }
    }
    this.tokens = tokens;
  }

  /**
   * Creates a usage of input and output tokens without special kinds.
   *
   * @param input tokens of the prompt; zero or more
   * @param output tokens of the answer; zero or more
   * @return the usage
   */
  public static Usage of(long input, long output) {
    long[] tokens = new long[KINDS.length];
    tokens[TokenKind.INPUT.ordinal()] = input;
    tokens[TokenKind.OUTPUT.ordinal()] = output;
    return new Usage(tokens);
  }

  /**
   * Creates a usage of all kinds.
   *
   * @param tokens returns the tokens of a kind; zero or more
   * @return the usage
   */
  public static Usage of(ToLongFunction<TokenKind> tokens) {
    long[] all = new long[KINDS.length];
    for (TokenKind kind : KINDS) {
      all[kind.ordinal()] = tokens.applyAsLong(kind);
    }
    return new Usage(all);
  }

  /**
   * Creates a usage of numbers in the order of the kinds.
   *
   * @param tokens as {@link #toArray} returns them
   * @return the usage
   * @throws IllegalArgumentException if there are more or fewer numbers, or one is negative
   */
  public static Usage ofArray(long[] tokens) {
    if (tokens.length != KINDS.length) {
      throw new IllegalArgumentException(
          "a usage has " + KINDS.length + " numbers, not " + tokens.length);
    }
    return new Usage(tokens.clone());
  }

  /**
   * Returns the numbers in the order of the kinds.
   *
   * @return a new array
   */
  public long[] toArray() {
    return tokens.clone();
  }

  /**
   * Returns this usage with other tokens of one kind.
   *
   * @param kind the kind; a part does not change the kind that contains it
   * @param count its tokens; zero or more
   * @return the usage
   */
  public Usage with(TokenKind kind, long count) {
    long[] changed = tokens.clone();
    changed[kind.ordinal()] = count;
    return new Usage(changed);
  }

  /**
   * Returns the tokens of a kind, its parts included.
   *
   * @param kind the kind
   * @return zero or more
   */
  public long get(TokenKind kind) {
    return tokens[kind.ordinal()];
  }

  /**
   * Returns the tokens of all prompts.
   *
   * @return zero or more
   */
  public long inputTokens() {
    return get(TokenKind.INPUT);
  }

  /**
   * Returns the tokens of all answers.
   *
   * @return zero or more
   */
  public long outputTokens() {
    return get(TokenKind.OUTPUT);
  }

  /**
   * Returns the tokens of a kind that are charged as such, and not as a part with a price.
   *
   * @param kind the kind
   * @return zero or more
   */
  public long charged(TokenKind kind) {
    return charged(kind, tokens);
  }

  private static long charged(TokenKind kind, long[] tokens) {
    long charged = tokens[kind.ordinal()];
    if (charged == 0) {
      return 0;
    }
    for (TokenKind part : KINDS) {
      if (part.whole() == kind && part.isPriced()) {
        charged -= tokens[part.ordinal()];
      }
    }
    return Math.max(0, charged);
  }

  /**
   * Returns this usage with no more tokens in the parts than in the kinds that contain them. A
   * provider may report a part and the whole from different counts.
   *
   * @return the usage; parts that have a price share no token
   */
  public Usage contained() {
    long[] kept = new long[KINDS.length];
    for (TokenKind part : KINDS) {
      kept[part.ordinal()] = Math.min(get(part), room(part, kept));
    }
    return new Usage(kept);
  }

  /** Returns how many tokens a part may have at most beside those before it. */
  private static long room(TokenKind part, long[] kept) {
    TokenKind whole = part.whole();
    if (whole == null) {
      return Long.MAX_VALUE;
    }
    return part.isPriced() ? charged(whole, kept) : kept[whole.ordinal()];
  }

  /**
   * Returns the sum of two usages.
   *
   * @param other the other usage
   * @return their sum
   */
  public Usage plus(Usage other) {
    if (this == NONE) {
      return other;
    }
    long[] sums = new long[KINDS.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = tokens[i] + other.tokens[i];
    }
    return new Usage(sums);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Usage usage && Arrays.equals(tokens, usage.tokens);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "Usage[", "]");
    for (TokenKind kind : KINDS) {
      if (kind.whole() == null || get(kind) > 0) {
        text.add(kind.field() + "=" + get(kind));
      }
    }
    return text.toString();
  }
}
