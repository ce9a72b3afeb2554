package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import io.gild.core.CostDimension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests to models, and their tokens, that may start in any minute.
 *
 * @param where which requests are limited, by {@linkplain CostDimension dimensions} such as {@code
 *     provider}, {@code model} and {@code tenant}, and patterns with {@code *}; empty means all
 * @param per the dimensions of which each value has the full limit; empty if all requests share it
 * @param requestsPerMinute how many requests may start in any minute; {@code null} means any number
 * @param tokensPerMinute how many tokens the requests of any minute may have; {@code null} means
 *     any number
 * @param maxWait how long a request waits for its turn before it is refused; {@code null} means 30
 *     seconds
 * @param headers what is done with what the provider says about its limits; {@code null} means that
 *     it is learned
 */
@Experimental
public record TokenLimit(
    Map<String, String> where,
    List<String> per,
    @Nullable Long requestsPerMinute,
    @Nullable Long tokensPerMinute,
    @Nullable Duration maxWait,
    @Nullable Headers headers) {

  /** The section {@code token-limits}: limits by name. */
  public static final Section<Map<String, TokenLimit>> SECTION =
      Section.mapOf("token-limits", TokenLimit.class)
          .optional(
              TokenLimit.class, "requests-per-minute", "tokens-per-minute", "max-wait", "headers");

  private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

  /** What is done with what the provider says about its limits. */
  public enum Headers {
    /** A lower limit of the provider applies, and what others use of it is left to them. */
    LEARN,
    /** Only the settings count. */
    IGNORE
  }

  /** Checks the values and copies the collections. */
  public TokenLimit {
    where.keySet().forEach(each -> Dimensions.of("where", each));
    per.forEach(each -> Dimensions.of("per", each));
    where = Map.copyOf(where);
    per = List.copyOf(per);
    if (requestsPerMinute != null) {
      Require.atLeast(1, requestsPerMinute, "requests-per-minute");
    }
    if (tokensPerMinute != null) {
      Require.atLeast(1, tokensPerMinute, "tokens-per-minute");
    }
    if (maxWait != null) {
      Require.notNegative(maxWait, "max-wait");
    }
  }

  /** Returns how long a request waits. */
  Duration longestWait() {
    return maxWait == null ? USUAL_WAIT : maxWait;
  }

  /** Returns whether the limits of the provider are learned. */
  boolean learns() {
    return headers != Headers.IGNORE;
  }
}
