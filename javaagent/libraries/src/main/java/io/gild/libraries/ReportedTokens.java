package io.gild.libraries;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The token counts of an answer as its provider reports them, each of which may be unknown; for one
 * thread at a time.
 */
final class ReportedTokens {

  private static final TokenKind[] KINDS = TokenKind.values();
  private static final long UNKNOWN = -1;

  private final long[] known = new long[KINDS.length];

  /** The input without cache reads and cache writes. */
  private long plainInput = UNKNOWN;

  ReportedTokens() {
    Arrays.fill(known, UNKNOWN);
  }

  /** Sets a count; an unknown count changes nothing. */
  ReportedTokens set(TokenKind kind, @Nullable Long tokens) {
    known[kind.ordinal()] = later(tokens, known[kind.ordinal()]);
    return this;
  }

  /**
   * Sets the count of input without cache reads and cache writes, for a provider that does not
   * count all input; an unknown count changes nothing.
   */
  ReportedTokens setPlainInput(@Nullable Long tokens) {
    plainInput = later(tokens, plainInput);
    return this;
  }

  private static long later(@Nullable Long tokens, long before) {
    return tokens == null ? before : Math.max(0, tokens);
  }

  /** Merges later counts: the last known count of each kind is kept. */
  ReportedTokens take(ReportedTokens later) {
    take(later, true, true);
    return this;
  }

  /**
   * Merges later counts that include these. Such counts never fall to zero: if they report no
   * input, or no output, it is unknown.
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

  /** Fills counts that are unknown or zero from a second source. */
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

  /** Whether all counts are unknown. */
  boolean isEmpty() {
    return plainInput == UNKNOWN && Arrays.stream(known).allMatch(tokens -> tokens == UNKNOWN);
  }

  private boolean isKnown(TokenKind kind) {
    return known[kind.ordinal()] != UNKNOWN;
  }

  private long get(TokenKind kind) {
    return Math.max(0, known[kind.ordinal()]);
  }

  /** Returns the counts as a usage; an unknown count is zero. */
  Usage usage() {
    return Usage.of(this::count).contained();
  }

  /** Returns the tokens of a kind; an unknown total is the sum of its known parts. */
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
