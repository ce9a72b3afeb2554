package io.gild.weaver;

import org.jspecify.annotations.Nullable;

/** A stream that ended as if all were well, but without all of its text. */
final class TruncatedAnswer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Object response;

  TruncatedAnswer(@Nullable Object response, boolean empty) {
    super(
        empty
            ? "the stream ended without any text"
            : "the stream ended before the model said why it stopped: the text is cut off");
    this.response = response;
  }

  /** Returns what there is of a response; null if it came in pieces only. */
  @Nullable Object response() {
    return response;
  }
}
