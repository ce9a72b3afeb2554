package io.gild.config;

/** What Gild may do to calls. */
public enum Mode {
  /** Spans, metrics, cost and reports; no call is changed. */
  OBSERVE,
  /** Policies act. */
  ENFORCE
}
