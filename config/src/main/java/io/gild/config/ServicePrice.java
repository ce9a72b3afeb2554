package io.gild.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs in a service tier such as {@code batch}: a factor of its usual prices, or
 * prices of its own, in USD per million tokens.
 *
 * @param factor such as {@code 0.5}; {@code null} means that the tier has its own prices
 * @param input its price of tokens sent; {@code null} means the usual one
 * @param output its price of tokens received; {@code null} means the usual one
 * @param cachedInput as {@link Price#cachedInput}
 * @param cacheWrite as {@link Price#cacheWrite}
 * @param cacheWriteHour as {@link Price#cacheWriteHour}
 * @param inputAudio as {@link Price#inputAudio}
 * @param outputAudio as {@link Price#outputAudio}
 * @param above the prices of long requests, as {@link Price#above}; empty means the usual ones
 */
@Experimental
public record ServicePrice(
    @Nullable BigDecimal factor,
    @Nullable BigDecimal input,
    @Nullable BigDecimal output,
    @Nullable BigDecimal cachedInput,
    @Nullable BigDecimal cacheWrite,
    @Nullable BigDecimal cacheWriteHour,
    @Nullable BigDecimal inputAudio,
    @Nullable BigDecimal outputAudio,
    List<PriceTier> above) {

  /** Checks the values. */
  public ServicePrice {
    above = List.copyOf(above);
    Price.check(input, output, cachedInput, cacheWrite, cacheWriteHour, inputAudio, outputAudio);
    if (factor != null && factor.signum() < 0) {
      throw new IllegalArgumentException(
          "factor must not be negative, but is " + factor.toPlainString());
    }
    boolean hasPrice = input != null || output != null;
    if (factor == null && !hasPrice) {
      throw new IllegalArgumentException(
          "factor is missing; a service needs a factor, or prices of its own");
    }
    if (factor != null && hasPrice) {
      throw new IllegalArgumentException("factor must not be given beside prices");
    }
  }

  /** Returns the price in this tier of a model with a usual price. */
  Price of(Price usual) {
    if (factor != null) {
      return usual.times(factor);
    }
    return new Price(
            Objects.requireNonNullElse(input, usual.input()),
            Objects.requireNonNullElse(output, usual.output()),
            cachedInput == null ? usual.cachedInput() : cachedInput,
            cacheWrite == null ? usual.cacheWrite() : cacheWrite,
            cacheWriteHour == null ? usual.cacheWriteHour() : cacheWriteHour,
            inputAudio == null ? usual.inputAudio() : inputAudio,
            outputAudio == null ? usual.outputAudio() : outputAudio)
        .withAbove(above.isEmpty() ? usual.above() : above);
  }
}
