package io.gild.testkit;

import io.gild.config.Experimental;

/** How a stream ends; its HTTP response always ends correctly. */
@Experimental
public enum StreamEnding {
  /** With the last event of its protocol. */
  PROPER,
  /** After the model's text, without the events that mark the end. */
  WITHOUT_LAST_EVENT,
  /** Without any event. */
  EMPTY
}
