package io.gild.testkit;

import io.gild.config.Experimental;
import java.nio.file.Path;

/**
 * Decides the answer of the loopback model to a request.
 *
 * <p>Called by many threads at once. It should depend only on the request, so that two runs can be
 * compared. If it throws, the client gets a 500.
 */
@Experimental
@FunctionalInterface
public interface Answerer {

  /** Returns the answer to the request. */
  ModelAnswer answer(ModelRequest request);

  /** Returns an answerer that repeats the model and the question: {@code "[gpt-4o] hello"}. */
  static Answerer echo() {
    return request -> ModelAnswer.text("[" + request.model() + "] " + request.lastText());
  }

  /** Returns an answerer that always gives the same answer. */
  static Answerer always(String text) {
    return request -> ModelAnswer.text(text);
  }

  /**
   * Reads answers from a file of JSON lines, each <code>
   * {"contains": "refund", "model": "gpt-4o", "answer": "Within 30 days."}</code>; "model" may be
   * missing. The first line whose model is the request's and whose "contains" occurs in the last
   * user message (in any case) answers; if none does, the question is echoed.
   *
   * @throws IllegalArgumentException if the file cannot be read or a line lacks these fields
   */
  static Answerer fromFile(Path file) {
    return AnswerFile.read(file);
  }
}
