package io.gild.benchmarks;

/** An agent that answers immediately. */
public class StubAgent {

  /** Creates an agent. */
  public StubAgent() {}

  /** Answers with the question. */
  public String answer(String question) {
    return "answer to " + question;
  }
}
