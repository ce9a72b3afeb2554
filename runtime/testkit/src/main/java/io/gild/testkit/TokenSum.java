package io.gild.testkit;

/** The token counts of an answer; the last reported count of each kind. */
final class TokenSum {

  private long input;
  private long output;

  TokenSum input(long tokens) {
    input = tokens;
    return this;
  }

  TokenSum output(long tokens) {
    output = tokens;
    return this;
  }

  long input() {
    return input;
  }

  long output() {
    return output;
  }
}
