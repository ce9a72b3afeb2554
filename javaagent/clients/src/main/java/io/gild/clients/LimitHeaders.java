package io.gild.clients;

import io.gild.core.ProviderLimits;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a provider says about its limits: {@code x-ratelimit-*}, which OpenAI's interface and
 * those that imitate it have, and {@code anthropic-ratelimit-*}.
 */
final class LimitHeaders {

  private static final String OPENAI = "x-ratelimit-";
  private static final String ANTHROPIC = "anthropic-ratelimit-";
  private static final long LONGEST_MILLIS = 24L * 60 * 60 * 1_000;
  private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");
  private static final Pattern TIME = Pattern.compile("(?:" + PART.pattern() + ")+");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

  private LimitHeaders() {}

  /** Reads the headers; values that cannot be read are unknown. */
  static ProviderLimits read(RetryAfter.Headers headers) {
    return read(headers, Instant.now());
  }

  static ProviderLimits read(RetryAfter.Headers headers, Instant now) {
    if (has(headers, OPENAI + "limit-requests", OPENAI + "limit-tokens")) {
      return new ProviderLimits(
          number(headers, OPENAI + "limit-requests"),
          number(headers, OPENAI + "remaining-requests"),
          millis(RetryAfter.first(headers, OPENAI + "reset-requests"), now),
          number(headers, OPENAI + "limit-tokens"),
          number(headers, OPENAI + "remaining-tokens"),
          millis(RetryAfter.first(headers, OPENAI + "reset-tokens"), now));
    }
    if (has(headers, ANTHROPIC + "requests-limit", ANTHROPIC + "tokens-limit")) {
      return new ProviderLimits(
          number(headers, ANTHROPIC + "requests-limit"),
          number(headers, ANTHROPIC + "requests-remaining"),
          millis(RetryAfter.first(headers, ANTHROPIC + "requests-reset"), now),
          number(headers, ANTHROPIC + "tokens-limit"),
          number(headers, ANTHROPIC + "tokens-remaining"),
          millis(RetryAfter.first(headers, ANTHROPIC + "tokens-reset"), now));
    }
    return ProviderLimits.UNKNOWN;
  }

  private static boolean has(RetryAfter.Headers headers, String one, String other) {
    return number(headers, one) >= 0 || number(headers, other) >= 0;
  }

  private static long number(RetryAfter.Headers headers, String name) {
    String value = RetryAfter.first(headers, name);
    return WHOLE.matcher(value).matches() ? Long.parseLong(value) : -1;
  }

  /** Reads a time such as {@code 6m0s}, {@code 120ms}, {@code 12} (seconds), or an instant. */
  private static long millis(String value, Instant now) {
    if (value.isEmpty()) {
      return -1;
    }
    if (WHOLE.matcher(value).matches()) {
      return limited(new BigDecimal(value).movePointRight(3));
    }
    if (TIME.matcher(value).matches()) {
      BigDecimal sum = BigDecimal.ZERO;
      Matcher part = PART.matcher(value);
      while (part.find()) {
        sum = sum.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
      }
      return limited(sum);
    }
    try {
      return limited(BigDecimal.valueOf(Instant.parse(value).toEpochMilli() - now.toEpochMilli()));
    } catch (DateTimeException | ArithmeticException neither) {
      return -1;
    }
  }

  private static BigDecimal unit(String name) {
    return BigDecimal.valueOf(
        switch (name) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 86_400_000;
        });
  }

  private static long limited(BigDecimal millis) {
    return millis.max(BigDecimal.ZERO).min(BigDecimal.valueOf(LONGEST_MILLIS)).longValue();
  }
}
