package io.gild.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a whole request costs if its prompt is long, in USD per million tokens.
 *
 * @param inputTokens the tier is that of requests with more input tokens than this; one or more
 * @param input price of tokens sent; zero or more
 * @param output price of tokens received; zero or more
 * @param cachedInput as {@link Price#cachedInput}
 * @param cacheWrite as {@link Price#cacheWrite}
 * @param cacheWriteHour as {@link Price#cacheWriteHour}
 * @param inputAudio as {@link Price#inputAudio}
 * @param outputAudio as {@link Price#outputAudio}
 */
@Experimental
public record PriceTier(
    long inputTokens,
    BigDecimal input,
    BigDecimal output,
    @Nullable BigDecimal cachedInput,
    @Nullable BigDecimal cacheWrite,
    @Nullable BigDecimal cacheWriteHour,
    @Nullable BigDecimal inputAudio,
    @Nullable BigDecimal outputAudio) {

  /** Checks the values. */
  public PriceTier {
    if (inputTokens < 1) {
      throw new IllegalArgumentException("input-tokens must be 1 or more, but is " + inputTokens);
    }
    Price.check(input, output, cachedInput, cacheWrite, cacheWriteHour, inputAudio, outputAudio);
  }

  Price price() {
    return new Price(
        input, output, cachedInput, cacheWrite, cacheWriteHour, inputAudio, outputAudio);
  }

  PriceTier times(BigDecimal factor) {
    Price scaled = price().times(factor);
    return new PriceTier(
        inputTokens,
        scaled.input(),
        scaled.output(),
        scaled.cachedInput(),
        scaled.cacheWrite(),
        scaled.cacheWriteHour(),
        scaled.inputAudio(),
        scaled.outputAudio());
  }
}
