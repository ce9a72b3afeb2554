package io.gild.benchmarks;

/** An agent that answers at once. */
public class StubAgent {

  /** Creates an agent. */
  public StubAgent() {}

  /** Answers with the question. */
  public String answer(String question) {
    return "answer to " + question;
  }
}
