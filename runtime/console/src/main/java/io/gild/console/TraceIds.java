package io.gild.console;

import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Ids of traces and spans as numbers, so that a recording keeps none of their texts. */
final class TraceIds {

  /** Shorter texts are no part of a trace id, but numbers of calls, or words. */
  static final int SHORTEST_PREFIX = 8;

  private static final int TRACE = 32;
  private static final int HALF = 16;
  private static final int HEX = 16;
  private static final HexFormat FORMAT = HexFormat.of();

  private TraceIds() {}

  /** Returns the first half of a trace id; 0 if the text is none. */
  static long high(String trace) {
    return trace.length() == TRACE ? number(trace, 0) : 0;
  }

  /** Returns the second half of a trace id; 0 if the text is none. */
  static long low(String trace) {
    return trace.length() == TRACE ? number(trace, HALF) : 0;
  }

  /** Returns the id of a span; 0 if the text is none. */
  static long span(String span) {
    return span.length() == HALF ? number(span, 0) : 0;
  }

  private static long number(String text, int from) {
    long number = 0;
    for (int i = from; i < from + HALF; i++) {
      int digit = Character.digit(text.charAt(i), HEX);
      if (digit < 0) {
        return 0;
      }
      number = number << 4 | digit;
    }
    return number;
  }

  static @Nullable String trace(long high, long low) {
    return high == 0 && low == 0 ? null : FORMAT.toHexDigits(high) + FORMAT.toHexDigits(low);
  }

  static @Nullable String span(long span) {
    return span == 0 ? null : FORMAT.toHexDigits(span);
  }

  /** Returns whether a text can be the beginning of a trace id, or a whole one. */
  static boolean isPrefix(String text) {
    return text.length() >= SHORTEST_PREFIX
        && text.length() <= TRACE
        && text.chars().allMatch(HexFormat::isHexDigit);
  }

  /** Returns the trace id that a text begins with, as ids are written; empty for any trace. */
  static String prefix(String text) {
    String prefix = text.strip().toLowerCase(Locale.ROOT);
    if (!prefix.isEmpty() && !isPrefix(prefix)) {
      throw new Query.BadRequest(
          "trace must be a trace id or its first "
              + SHORTEST_PREFIX
              + " or more hexadecimal digits, but is \""
              + ShortNames.cut(text)
              + "\"");
    }
    return prefix;
  }
}
