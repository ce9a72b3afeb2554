package io.gild.dashboards;

/**
 * The calls of agents by outcome. A refused call is as bad as a failed one for its caller; a
 * cancelled one counts neither way.
 *
 * @param requests the meter of calls
 */
record CallOutcomes(Metric requests) {

  static final String BAD = "=~\"failure|refused\"";

  private static final String COUNTED = "=~\"success|failure|refused\"";

  /** Returns the calls that are not cancelled. */
  Metric counted() {
    return requests.where("result", COUNTED);
  }

  /** Returns the share of the calls with a result, in a range. */
  String share(String matcher, String range) {
    return requests.sumBy(requests.where("result", matcher).increase(range))
        + " / "
        + requests.sumBy(counted().increase(range));
  }

  /** Returns the share of bad calls within the rate of a range, by labels. */
  String badShare(String range, String... tags) {
    return requests.sumBy(requests.where("result", BAD).rate(range), tags)
        + " / "
        + requests.sumBy(counted().rate(range), tags);
  }
}
