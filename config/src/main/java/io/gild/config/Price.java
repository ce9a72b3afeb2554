package io.gild.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs, in USD per million tokens.
 *
 * @param input price of tokens sent; zero or more
 * @param output price of tokens received; zero or more
 * @param cachedInput price of tokens sent that the provider had cached; {@code null} means as input
 * @param cacheWrite price of tokens the provider was asked to cache; {@code null} means as input
 * @param cacheWriteHour price of tokens it was asked to cache for an hour; {@code null} means as
 *     {@code cacheWrite}
 * @param inputAudio price of tokens sent that are sound; {@code null} means as input
 * @param outputAudio price of tokens received that are sound; {@code null} means as output
 */
public record Price(
    BigDecimal input,
    BigDecimal output,
    @Nullable BigDecimal cachedInput,
    @Nullable BigDecimal cacheWrite,
    @Nullable BigDecimal cacheWriteHour,
    @Nullable BigDecimal inputAudio,
    @Nullable BigDecimal outputAudio) {

  /** The section {@code prices}: prices by model, over the shipped ones. */
  public static final Section<Map<String, Price>> SECTION =
      Section.mapOf("prices", Price.class)
          .optional(
              Price.class,
              "cached-input",
              "cache-write",
              "cache-write-hour",
              "input-audio",
              "output-audio");

  /** The price of models that run on one's own machine. */
  public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, null, null);

  /** Checks the values. */
  public Price {
    notNegative(input, "input");
    notNegative(output, "output");
    notNegative(cachedInput, "cached-input");
    notNegative(cacheWrite, "cache-write");
    notNegative(cacheWriteHour, "cache-write-hour");
    notNegative(inputAudio, "input-audio");
    notNegative(outputAudio, "output-audio");
  }

  /**
   * Creates a price of text.
   *
   * @param input price of tokens sent; zero or more
   * @param output price of tokens received; zero or more
   * @param cachedInput price of tokens sent that the provider had cached; {@code null} means as
   *     input
   * @param cacheWrite price of tokens the provider was asked to cache; {@code null} means as input
   */
  public Price(
      BigDecimal input,
      BigDecimal output,
      @Nullable BigDecimal cachedInput,
      @Nullable BigDecimal cacheWrite) {
    this(input, output, cachedInput, cacheWrite, null, null, null);
  }

  /**
   * Returns what a call costs, exactly.
   *
   * @param inputTokens tokens sent, the cached ones included
   * @param cachedInputTokens those of {@code inputTokens} that the provider had cached
   * @param outputTokens tokens received
   * @return USD
   */
  public BigDecimal cost(long inputTokens, long cachedInputTokens, long outputTokens) {
    return cost(inputTokens, cachedInputTokens, 0, outputTokens);
  }

  /**
   * Returns what a call costs, exactly.
   *
   * @param inputTokens tokens sent, the cached and the newly cached ones included
   * @param cachedInputTokens those of {@code inputTokens} that the provider had cached
   * @param cacheWriteTokens those of {@code inputTokens} that the provider was asked to cache
   * @param outputTokens tokens received
   * @return USD
   */
  public BigDecimal cost(
      long inputTokens, long cachedInputTokens, long cacheWriteTokens, long outputTokens) {
    return cost(
        new TokenCounts(inputTokens, cachedInputTokens, cacheWriteTokens, 0, 0, outputTokens, 0));
  }

  /**
   * Returns what a call costs, exactly.
   *
   * @param tokens what it sent and received
   * @return USD
   */
  public BigDecimal cost(TokenCounts tokens) {
    BigDecimal writing = cacheWrite == null ? input : cacheWrite;
    long special = tokens.cachedInput() + tokens.cacheWrite() + tokens.inputAudio();
    return times(input, Math.max(0, tokens.input() - special))
        .add(times(cachedInput == null ? input : cachedInput, tokens.cachedInput()))
        .add(times(writing, Math.max(0, tokens.cacheWrite() - tokens.cacheWriteHour())))
        .add(times(cacheWriteHour == null ? writing : cacheWriteHour, tokens.cacheWriteHour()))
        .add(times(inputAudio == null ? input : inputAudio, tokens.inputAudio()))
        .add(times(output, Math.max(0, tokens.output() - tokens.outputAudio())))
        .add(times(outputAudio == null ? output : outputAudio, tokens.outputAudio()))
        .movePointLeft(6);
  }

  /**
   * Returns what a call costs, rounded to billionths of a dollar.
   *
   * @param inputTokens tokens sent, the cached ones included
   * @param cachedInputTokens those of {@code inputTokens} that the provider had cached
   * @param outputTokens tokens received
   * @return nano-USD: 1 USD is 1,000,000,000
   */
  public long nanoUsd(long inputTokens, long cachedInputTokens, long outputTokens) {
    return nanoUsd(inputTokens, cachedInputTokens, 0, outputTokens);
  }

  /**
   * Returns what a call costs, rounded to billionths of a dollar.
   *
   * @param inputTokens tokens sent, the cached and the newly cached ones included
   * @param cachedInputTokens those of {@code inputTokens} that the provider had cached
   * @param cacheWriteTokens those of {@code inputTokens} that the provider was asked to cache
   * @param outputTokens tokens received
   * @return nano-USD: 1 USD is 1,000,000,000
   */
  public long nanoUsd(
      long inputTokens, long cachedInputTokens, long cacheWriteTokens, long outputTokens) {
    return nanoUsd(
        new TokenCounts(inputTokens, cachedInputTokens, cacheWriteTokens, 0, 0, outputTokens, 0));
  }

  /**
   * Returns what a call costs, rounded to billionths of a dollar.
   *
   * @param tokens what it sent and received
   * @return nano-USD: 1 USD is 1,000,000,000
   */
  public long nanoUsd(TokenCounts tokens) {
    return cost(tokens).movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  boolean free() {
    return input.signum() == 0 && output.signum() == 0;
  }

  private static BigDecimal times(BigDecimal price, long tokens) {
    return tokens == 0 ? BigDecimal.ZERO : price.multiply(BigDecimal.valueOf(tokens));
  }

  private static void notNegative(@Nullable BigDecimal value, String name) {
    if (value != null && value.signum() < 0) {
      throw new IllegalArgumentException(
          name + " must not be negative, but is " + value.toPlainString());
    }
  }
}
