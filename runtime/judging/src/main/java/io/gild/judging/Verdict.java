package io.gild.judging;

import io.gild.config.Experimental;

/** What the calls so far say about a new version. */
@Experimental
public enum Verdict {
  /** It is not worse than tolerated. */
  PASS,
  /** It is worse. */
  FAIL,
  /** There are calls, but they prove neither. */
  INCONCLUSIVE,
  /** There are too few calls to tell anything. */
  NODATA
}
