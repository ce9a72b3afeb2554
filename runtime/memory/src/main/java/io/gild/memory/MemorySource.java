package io.gild.memory;

import io.gild.config.Experimental;

/**
 * Where a memory comes from. Each part may be empty.
 *
 * @param session id of the session
 * @param message id of the message in that session
 * @param call id of the governed call, which its span has, too
 */
@Experimental
public record MemorySource(String session, String message, String call) {

  /** No known source. */
  public static final MemorySource UNKNOWN = new MemorySource("", "", "");
}
