package io.gild.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs, in USD per million tokens.
 *
 * @param input price of tokens sent; zero or more
 * @param output price of tokens received; zero or more
 * @param cachedInput price of tokens sent that the provider had cached; {@code null} means as input
 * @param cacheWrite price of tokens that the provider wrote to its cache; {@code null} means as
 *     input
 * @param cacheWriteHour price of tokens that it wrote to its one-hour cache; {@code null} means as
 *     {@code cacheWrite}
 * @param inputAudio price of tokens sent that are audio; {@code null} means as input
 * @param outputAudio price of tokens received that are audio; {@code null} means as output
 */
@Experimental
public record Price(
    BigDecimal input,
    BigDecimal output,
    @Nullable BigDecimal cachedInput,
    @Nullable BigDecimal cacheWrite,
    @Nullable BigDecimal cacheWriteHour,
    @Nullable BigDecimal inputAudio,
    @Nullable BigDecimal outputAudio) {

  private static final TokenKind[] KINDS = TokenKind.values();

  /** The section {@code prices}: prices by model, over the shipped ones. */
  public static final Section<Map<String, Price>> SECTION =
      Section.mapOf("prices", Price.class).optional(Price.class, optionalKeys());

  /** The price of models that run locally. */
  public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

  /** Checks the values. */
  public Price {
    notNegative(input, TokenKind.INPUT);
    notNegative(output, TokenKind.OUTPUT);
    notNegative(cachedInput, TokenKind.CACHED_INPUT);
    notNegative(cacheWrite, TokenKind.CACHE_WRITE);
    notNegative(cacheWriteHour, TokenKind.CACHE_WRITE_HOUR);
    notNegative(inputAudio, TokenKind.INPUT_AUDIO);
    notNegative(outputAudio, TokenKind.OUTPUT_AUDIO);
  }

  /**
   * Creates a price that depends on the direction alone.
   *
   * @param input price of tokens sent; zero or more
   * @param output price of tokens received; zero or more
   */
  public Price(BigDecimal input, BigDecimal output) {
    this(input, output, null, null, null, null, null);
  }

  /**
   * Returns what a call costs, exactly.
   *
   * @param usage what it sent and received
   * @return USD
   */
  public BigDecimal cost(Usage usage) {
    BigDecimal cost = BigDecimal.ZERO;
    for (TokenKind kind : KINDS) {
      long tokens = kind.isPriced() ? usage.charged(kind) : 0;
      if (tokens > 0) {
        cost = cost.add(of(kind).multiply(BigDecimal.valueOf(tokens)));
      }
    }
    return cost.movePointLeft(6);
  }

  /**
   * Returns what a call costs by kind of token, exactly: each token is in one kind. Reasoning has
   * the price of output, and is a part of its own.
   *
   * @param usage what it sent and received
   * @return USD by kind, whose sum is the {@linkplain #cost cost}; kinds without tokens are absent
   */
  public Map<TokenKind, BigDecimal> costs(Usage usage) {
    Map<TokenKind, BigDecimal> costs = new EnumMap<>(TokenKind.class);
    long reasoning = Math.min(usage.get(TokenKind.REASONING), usage.charged(TokenKind.OUTPUT));
    for (TokenKind kind : KINDS) {
      long tokens =
          switch (kind) {
            case REASONING -> reasoning;
            case OUTPUT -> usage.charged(kind) - reasoning;
            default -> usage.charged(kind);
          };
      if (tokens > 0) {
        costs.put(kind, of(kind).multiply(BigDecimal.valueOf(tokens)).movePointLeft(6));
      }
    }
    return costs;
  }

  /**
   * Returns what a call costs, rounded to billionths of a dollar.
   *
   * @param usage what it sent and received
   * @return nano-USD: 1 USD is 1,000,000,000
   */
  public long nanoUsd(Usage usage) {
    return cost(usage).movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  boolean free() {
    return input.signum() == 0 && output.signum() == 0;
  }

  /**
   * Returns the price of a kind, or else that of the kind that contains it.
   *
   * @param kind a kind of tokens
   * @return USD per million tokens
   */
  public BigDecimal of(TokenKind kind) {
    BigDecimal own = own(kind);
    TokenKind whole = kind.whole();
    return own == null && whole != null ? of(whole) : Objects.requireNonNull(own);
  }

  private @Nullable BigDecimal own(TokenKind kind) {
    return switch (kind) {
      case INPUT -> input;
      case OUTPUT -> output;
      case CACHED_INPUT -> cachedInput;
      case CACHE_WRITE -> cacheWrite;
      case CACHE_WRITE_HOUR -> cacheWriteHour;
      case INPUT_AUDIO -> inputAudio;
      case OUTPUT_AUDIO -> outputAudio;
      case REASONING -> null;
    };
  }

  /**
   * Returns the keys of parts; a plain loop, because a stream before main would cost milliseconds.
   */
  private static String[] optionalKeys() {
    List<String> keys = new ArrayList<>();
    for (TokenKind kind : KINDS) {
      if (kind.isPriced() && kind.whole() != null) {
        keys.add(kind.key());
      }
    }
    return keys.toArray(new String[0]);
  }

  private static void notNegative(@Nullable BigDecimal value, TokenKind kind) {
    if (value != null && value.signum() < 0) {
      throw new IllegalArgumentException(
          kind.key() + " must not be negative, but is " + value.toPlainString());
    }
  }
}
