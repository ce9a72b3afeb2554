package io.gild.libraries;

import org.jspecify.annotations.Nullable;

/** A stream that ended as if all were well, but without the last event of its protocol. */
final class TruncatedAnswer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Object response;

  TruncatedAnswer(@Nullable Object response) {
    super("the stream broke off: it ended without the last event of its protocol");
    this.response = response;
  }

  /** Returns what there is of a response; null if it came in pieces only. */
  @Nullable Object response() {
    return response;
  }
}
