package io.gild.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * A streamed answer in the chunks in which it is sent.
 *
 * @param opening the data before the first token
 * @param tokens one frame for each chunk of output
 * @param closing the data after the last token
 */
record Frames(List<String> opening, List<String> tokens, List<String> closing) {

  /** Collects frames; the part being filled moves from opening to tokens to closing. */
  static final class Builder {

    private final List<String> opening = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<String> closing = new ArrayList<>();

    Builder opening(String frame) {
      opening.add(frame);
      return this;
    }

    Builder token(String frame) {
      tokens.add(frame);
      return this;
    }

    Builder closing(String frame) {
      closing.add(frame);
      return this;
    }

    Frames build() {
      return new Frames(opening, tokens, closing);
    }
  }

  static Builder builder() {
    return new Builder();
  }
}
