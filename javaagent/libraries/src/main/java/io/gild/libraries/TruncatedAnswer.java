package io.gild.libraries;

import org.jspecify.annotations.Nullable;

/** A stream that ended without a failure, but without the last event of its protocol. */
final class TruncatedAnswer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Object response;

  TruncatedAnswer(@Nullable Object response) {
    super("the stream broke off: it ended without the last event of its protocol");
    this.response = response;
  }

  /** Returns the part of the response that arrived; null if there are only chunks. */
  @Nullable Object response() {
    return response;
  }
}
