package io.gild.judging;

import io.gild.config.Experimental;

/** What the calls so far say about a new version. */
@Experimental
public enum CanaryVerdict {
  /** It is proven to be at most as much worse as is tolerated. */
  PASS,
  /** It is worse than the stable one, by more than is tolerated. */
  FAIL,
  /** There are calls, but they prove neither. */
  INCONCLUSIVE,
  /** Too few calls could be compared for a verdict; it is neither good nor bad. */
  NODATA
}
