package io.gild.libraries;

import io.gild.core.Usage;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The token counts of an answer as its provider reports them, each of which is known or not; for
 * one thread at a time.
 */
final class TokenCounts {

  /** What is counted. */
  enum Kind {
    /** All input, cached or not. */
    INPUT,
    /** The input apart from what was read from and written to a cache. */
    PLAIN_INPUT,
    CACHE_READ,
    CACHE_WRITTEN,
    HOUR_CACHE_WRITTEN,
    INPUT_AUDIO,
    OUTPUT,
    REASONING,
    OUTPUT_AUDIO
  }

  private final Map<Kind, Long> known = new EnumMap<>(Kind.class);

  /** Sets a count; an unknown one changes nothing. */
  TokenCounts set(Kind kind, @Nullable Long tokens) {
    if (tokens != null) {
      known.put(kind, Math.max(0, tokens));
    }
    return this;
  }

  /** Takes later counts: of each kind, the last known one counts. */
  TokenCounts take(TokenCounts later) {
    known.putAll(later.known);
    return this;
  }

  /**
   * Takes later counts that include these. Such counts never fall to nothing: if they report no
   * input at all, or no output, they report nothing about it.
   */
  TokenCounts takeCumulative(TokenCounts later) {
    boolean input = later.usage().inputTokens() > 0;
    boolean output = later.usage().outputTokens() > 0;
    later.known.forEach((kind, tokens) -> {
      if (kind.compareTo(Kind.OUTPUT) < 0 ? input : output) {
        known.put(kind, tokens);
      }
    });
    return this;
  }

  /** Takes counts of a second source for what this one does not know, or knows to be zero. */
  TokenCounts fill(TokenCounts second) {
    if (usage().inputTokens() == 0) {
      set(Kind.INPUT, second.known.get(Kind.INPUT));
    }
    if (usage().outputTokens() == 0) {
      set(Kind.OUTPUT, second.known.get(Kind.OUTPUT));
    }
    return this;
  }

  private long get(Kind kind) {
    return known.getOrDefault(kind, 0L);
  }

  /** Whether nothing is known. */
  boolean isEmpty() {
    return known.isEmpty();
  }

  /** Returns what is known as a usage; what is not known counts as zero. */
  Usage usage() {
    long input =
        known.containsKey(Kind.INPUT)
            ? get(Kind.INPUT)
            : get(Kind.PLAIN_INPUT) + get(Kind.CACHE_READ) + get(Kind.CACHE_WRITTEN);
    long output = known.containsKey(Kind.OUTPUT) ? get(Kind.OUTPUT) : get(Kind.REASONING);
    // A part may be of an earlier count than the whole, and is never more than that.
    long read = Math.min(get(Kind.CACHE_READ), input);
    long written = Math.min(get(Kind.CACHE_WRITTEN), input - read);
    return new Usage(input, read, written, output, Math.min(get(Kind.REASONING), output))
        .withHourCacheWrites(Math.min(get(Kind.HOUR_CACHE_WRITTEN), written))
        .withAudio(
            Math.min(get(Kind.INPUT_AUDIO), input - read),
            Math.min(get(Kind.OUTPUT_AUDIO), output));
  }
}
