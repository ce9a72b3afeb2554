package io.gild.libraries;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The token counts of an answer as its provider reports them, each of which is known or not; for
 * one thread at a time.
 */
final class ReportedTokens {

  private static final TokenKind[] KINDS = TokenKind.values();
  private static final long UNKNOWN = -1;

  private final long[] known = new long[KINDS.length];

  /** The input apart from what was read from and written to a cache. */
  private long plainInput = UNKNOWN;

  ReportedTokens() {
    Arrays.fill(known, UNKNOWN);
  }

  /** Sets a count; an unknown one changes nothing. */
  ReportedTokens set(TokenKind kind, @Nullable Long tokens) {
    known[kind.ordinal()] = later(tokens, known[kind.ordinal()]);
    return this;
  }

  /**
   * Sets the count of input apart from what was read from and written to a cache, where a provider
   * does not count all input; an unknown one changes nothing.
   */
  ReportedTokens setPlainInput(@Nullable Long tokens) {
    plainInput = later(tokens, plainInput);
    return this;
  }

  private static long later(@Nullable Long tokens, long before) {
    return tokens == null ? before : Math.max(0, tokens);
  }

  /** Takes later counts: of each kind, the last known one counts. */
  ReportedTokens take(ReportedTokens later) {
    take(later, true, true);
    return this;
  }

  /**
   * Takes later counts that include these. Such counts never fall to zero: if they report no input
   * at all, or no output, they report nothing about it.
   */
  ReportedTokens takeCumulative(ReportedTokens later) {
    Usage usage = later.usage();
    take(later, usage.inputTokens() > 0, usage.outputTokens() > 0);
    return this;
  }

  private void take(ReportedTokens later, boolean input, boolean output) {
    for (TokenKind kind : KINDS) {
      if (later.isKnown(kind) && (isInput(kind) ? input : output)) {
        known[kind.ordinal()] = later.known[kind.ordinal()];
      }
    }
    if (later.plainInput != UNKNOWN && input) {
      plainInput = later.plainInput;
    }
  }

  private static boolean isInput(TokenKind kind) {
    TokenKind whole = kind.whole();
    return whole == null ? kind == TokenKind.INPUT : isInput(whole);
  }

  /** Takes counts of a second source for what this one does not know, or knows to be zero. */
  ReportedTokens fill(ReportedTokens second) {
    Usage usage = usage();
    if (usage.inputTokens() == 0) {
      fill(TokenKind.INPUT, second);
    }
    if (usage.outputTokens() == 0) {
      fill(TokenKind.OUTPUT, second);
    }
    return this;
  }

  private void fill(TokenKind kind, ReportedTokens second) {
    if (second.isKnown(kind)) {
      known[kind.ordinal()] = second.known[kind.ordinal()];
    }
  }

  /** Whether nothing is known. */
  boolean isEmpty() {
    return plainInput == UNKNOWN && Arrays.stream(known).allMatch(tokens -> tokens == UNKNOWN);
  }

  private boolean isKnown(TokenKind kind) {
    return known[kind.ordinal()] != UNKNOWN;
  }

  private long get(TokenKind kind) {
    return Math.max(0, known[kind.ordinal()]);
  }

  /** Returns what is known as a usage; what is not known counts as zero. */
  Usage usage() {
    return Usage.of(this::count).contained();
  }

  /** Returns the tokens of a kind; a whole that is not counted is the sum of what is. */
  private long count(TokenKind kind) {
    if (isKnown(kind)) {
      return get(kind);
    }
    return switch (kind) {
      case INPUT ->
          Math.max(0, plainInput) + get(TokenKind.CACHED_INPUT) + get(TokenKind.CACHE_WRITE);
      case OUTPUT -> get(TokenKind.REASONING);
      default -> 0;
    };
  }
}
