package io.gild.testkit;

/**
 * Tokens of an answer that a provider counts, and charges, apart.
 *
 * @param cacheRead those of the prompt that were read from the provider's cache; zero or more
 * @param cacheWrite those of the prompt that were written to it
 * @param cacheWriteHour those of {@code cacheWrite} that it keeps for an hour
 * @param inputAudio those of the prompt that were sound
 * @param outputAudio those of the answer that are sound
 */
public record SpecialTokens(
    int cacheRead, int cacheWrite, int cacheWriteHour, int inputAudio, int outputAudio) {

  /** Nothing is special. */
  public static final SpecialTokens NONE = new SpecialTokens(0, 0, 0, 0, 0);

  /** Checks the values. */
  public SpecialTokens {
    if (Math.min(Math.min(cacheRead, inputAudio), Math.min(outputAudio, cacheWriteHour)) < 0) {
      throw new IllegalArgumentException("tokens must not be negative");
    }
    if (cacheWrite < cacheWriteHour) {
      throw new IllegalArgumentException(
          "cacheWriteHour is a part of cacheWrite, but "
              + cacheWriteHour
              + " is more than "
              + cacheWrite);
    }
  }
}
