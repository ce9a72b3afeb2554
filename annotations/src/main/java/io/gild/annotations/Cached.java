package io.gild.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Answers a repeated question from memory; concurrent callers with one question share one call.
 *
 * <pre>{@code
 * @Cached(ttl = "1h", key = "question")
 * public String answer(@Prompt String question, String traceId) { ... }
 * }</pre>
 *
 * <p>A {@link Tenant} parameter is always part of the key. Failures are never cached.
 */
@Policy(key = "cache", artifact = "io.gild:gild-cost", type = "io.gild.cost.CachePolicy")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Cached {

  /**
   * Returns how long an answer stays valid after it was written.
   *
   * @return a duration such as {@code "90s"}, {@code "1h"} or ISO-8601 {@code "PT1H"}; above zero
   */
  String ttl() default "1h";

  /**
   * Returns how many answers are kept; the least useful ones are evicted first.
   *
   * @return at least 1
   */
  long maximumSize() default 10_000;

  /**
   * Returns how many bytes the answers and their keys may take, by estimate: two a character, the
   * content of arrays and of the JDK's collections, and 1,000 for any other object. The least
   * useful answers are evicted first; one that weighs more is not kept.
   *
   * @return at least 1
   */
  long maximumWeight() default 268_435_456;

  /**
   * Returns the parameters that make up the key.
   *
   * @return parameter names; empty means all but {@link Model} and {@link Session} ones
   */
  String[] key() default {};

  /**
   * Returns whether texts in the key are normalized first: Unicode NFKC, lower case, white space
   * runs as one blank, and trailing punctuation dropped.
   *
   * @return {@code true} to let {@code "Refunds? "} hit {@code "refunds"}
   */
  boolean normalize() default false;

  /**
   * Returns the tags by which answers are dropped when something has changed, with {@code
   * io.gild.core.Invalidations.drop}.
   *
   * @return texts; the name of a parameter in braces stands for its argument, as in {@code
   *     customer:{customer}}
   */
  String[] tags() default {};

  /**
   * Returns how long a refusal stays valid: an answer that the provider's filter stopped.
   *
   * @return a duration, at most the {@link #ttl}; {@code 0s} keeps none
   */
  String refusalTtl() default "1m";

  /**
   * Returns whether an answer to another question that means the same may be repeated. The prompt
   * is the question; everything else in the key must be equal. Answers are repeated as soon as
   * earlier answers show that this is safe, see {@link #maxErrorRate}.
   *
   * @return {@code true} to let {@code "how do I get a refund"} hit {@code "how can I get a
   *     refund"}
   */
  boolean semantic() default false;

  /**
   * Returns the largest share of all requests that the semantic cache may answer wrongly.
   *
   * @return above 0, at most 0.5
   */
  double maxErrorRate() default 0.01;

  /**
   * Returns the share of the semantic cache's would-be hits for which the model is called anyway,
   * to see whether the hit would have been right.
   *
   * @return above 0, at most 1. With 1, the whole cache only measures and repeats no answer, not
   *     even to the same question.
   */
  double exploration() default 0.1;

  /**
   * Returns how many bytes the questions, answers and evidence of the semantic cache may take, by
   * estimate.
   *
   * @return at least 100,000
   */
  long semanticMaximumWeight() default 64_000_000;
}
