package io.gild.testkit;

import java.nio.file.Path;

/**
 * The mind of the loopback model: decides the answer to a request.
 *
 * <p>It is called by many threads at once and should be a function of the request alone, so that
 * two runs can be compared. What it throws reaches the client as a 500.
 */
@FunctionalInterface
public interface Answerer {

  /** Returns the answer to the request. */
  ModelAnswer answer(ModelRequest request);

  /** Returns an answerer that says which model heard what: {@code "[gpt-4o] hello"}. */
  static Answerer echo() {
    return request -> ModelAnswer.text("[" + request.model() + "] " + request.lastText());
  }

  /** Returns an answerer that always says the same. */
  static Answerer always(String text) {
    return request -> ModelAnswer.text(text);
  }

  /**
   * Reads answers from a file of JSON lines, each <code>
   * {"contains": "refund", "model": "gpt-4o", "answer": "Within 30 days."}</code>; "model" may be
   * missing. The first line whose model is the request's and whose "contains" occurs in the last
   * user message (in any case) answers; if none does, the question is echoed.
   *
   * @throws IllegalArgumentException if the file cannot be read or a line has not these fields
   */
  static Answerer fromFile(Path file) {
    return AnswerFile.read(file);
  }
}
