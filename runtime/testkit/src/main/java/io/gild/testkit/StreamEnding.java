package io.gild.testkit;

/** How a stream ends; its HTTP response always ends as HTTP wants it. */
public enum StreamEnding {
  /** With the last event of its protocol. */
  PROPER,
  /** After what the model said, without the events that tell of the end. */
  WITHOUT_LAST_EVENT,
  /** Without any event. */
  EMPTY
}
