package io.gild.testkit;

import io.gild.config.Experimental;

/** The ways in which the loopback provider fails a request. */
@Experimental
public enum Fault {
  /** No fault: the request is answered. */
  OK(200),
  /** 429 with {@code Retry-After}: over the rate limit. */
  STATUS_429(429),
  /** 500: an internal error of the provider. */
  STATUS_500(500),
  /** 503: overloaded. */
  STATUS_503(503),
  /** The connection is reset (TCP RST) before the first byte of a response. */
  RESET(0),
  /** The request is accepted and never answered, until the client leaves or the limit is over. */
  STALL(0),
  /** The answer breaks off half-way: no terminating chunk, or fewer bytes than announced. */
  CUT_STREAM(200),
  /**
   * The answer stops half-way without an end, until the client leaves or the limit is over: a
   * stream after at least one chunk of text, a plain answer within its body.
   */
  STALL_STREAM(200),
  /** One event in the middle of a stream (or the whole body of a plain answer) is broken JSON. */
  MALFORMED_EVENT(200),
  /** 503 because the request falls into an outage window. */
  OUTAGE(503);

  private final int status;

  Fault(int status) {
    this.status = status;
  }

  /** Returns the HTTP status the client sees, or 0 if it sees none. */
  public int status() {
    return status;
  }
}
