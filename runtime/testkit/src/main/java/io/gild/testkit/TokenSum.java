package io.gild.testkit;

/** What an answer counts; of each, the last count that was given. */
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
