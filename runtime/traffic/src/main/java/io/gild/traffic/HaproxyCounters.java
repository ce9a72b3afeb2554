package io.gild.traffic;

/**
 * Requests of one server, and how many of them were its fault.
 *
 * <p>Faults are answers with a 5xx status, connections that failed ({@code econ}), answers that
 * were invalid, reset or too late ({@code eresp}), and answers that the server broke off ({@code
 * srv_abrt}). A request that another server got because this one refused the connection ({@code
 * wredis}) counts as a failed request of this one, although its caller noticed nothing. Clients
 * that left ({@code cli_abrt}), and 4xx answers, are not faults.
 *
 * @param requests requests that ended
 * @param faults how many of them failed
 */
record HaproxyCounters(long requests, long faults) {

  static final HaproxyCounters NONE = new HaproxyCounters(0, 0);

  /** Reads the counters of a server since its process began. */
  static HaproxyCounters of(HaproxyServerLine server, boolean isTcp) {
    long unanswered = server.number("econ") + server.number("wredis");
    if (isTcp) {
      return new HaproxyCounters(server.number("stot"), unanswered + server.number("srv_abrt"));
    }
    long answered =
        server.number("hrsp_1xx")
            + server.number("hrsp_2xx")
            + server.number("hrsp_3xx")
            + server.number("hrsp_4xx")
            + server.number("hrsp_5xx")
            + server.number("hrsp_other");
    unanswered += server.number("eresp");
    return new HaproxyCounters(
        answered + unanswered, server.number("hrsp_5xx") + unanswered + server.number("srv_abrt"));
  }

  /** Returns what happened since; all of this if the process counted anew. */
  HaproxyCounters since(HaproxyCounters before) {
    return requests < before.requests || faults < before.faults
        ? this
        : new HaproxyCounters(requests - before.requests, faults - before.faults);
  }
}
