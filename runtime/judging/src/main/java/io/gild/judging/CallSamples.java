package io.gild.judging;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * What one version's calls were like within an interval. The arrays are kept, not copied. Values
 * that are negative or not finite are left out by the judge, and counted.
 *
 * @param requests how many calls ended, refused ones included; zero or more
 * @param errors how many of them failed
 * @param refusals how many of them a policy refused
 * @param latencies duration of each measured call in seconds, in any order; may have fewer elements
 *     than there were requests
 * @param costs cost of each call with a known price, in US dollars; zero counts as a price
 * @param tokens tokens of each call that reported any
 */
@Experimental
@SuppressWarnings("ArrayRecordComponent") // numbers of thousands of calls
public record CallSamples(
    long requests,
    long errors,
    long refusals,
    double[] latencies,
    double[] costs,
    double[] tokens) {

  private static final CallSamples NONE = counts(0, 0);

  /** Checks the counts. */
  public CallSamples {
    Require.atLeast(0, requests, "requests");
    Require.atLeast(0, errors, "errors");
    Require.atLeast(0, refusals, "refusals");
    if (errors + refusals > requests) {
      throw new IllegalArgumentException(
          "errors and refusals are parts of the %d requests, but are %d and %d"
              .formatted(requests, errors, refusals));
    }
  }

  /**
   * Returns the samples of an interval without calls.
   *
   * @return no calls
   */
  public static CallSamples none() {
    return NONE;
  }

  /**
   * Returns samples of which only the numbers of calls are known, such as those of a proxy.
   *
   * @param requests how many calls ended
   * @param errors how many of them failed
   * @return the samples
   */
  public static CallSamples counts(long requests, long errors) {
    double[] unknown = {};
    return new CallSamples(requests, errors, 0, unknown, unknown, unknown);
  }
}
