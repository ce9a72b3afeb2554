package io.gild.evaluation.spi;

import io.gild.gates.Spent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All known facts about one answer of an agent.
 *
 * @param question the question, including earlier turns, for a judge to read
 * @param answer the value that its method returned, possibly {@code null}; a streamed or
 *     asynchronous answer is complete
 * @param toolCalls the tools it called, in order
 * @param spent time, money, tokens and attempts
 * @param measured whether model requests were seen, so that money and tokens are valid
 * @param priced whether each model that was seen has a known price, so that the money is complete
 * @param toolsSeen whether any call of a model or a tool was seen, so that a tool that is not in
 *     the list was not called
 */
public record Evidence(
    String question,
    @Nullable Object answer,
    List<ToolCall> toolCalls,
    Spent spent,
    boolean measured,
    boolean priced,
    boolean toolsSeen) {

  /** Copies the list. */
  public Evidence {
    toolCalls = List.copyOf(toolCalls);
  }

  /**
   * Creates the evidence of an answer by models with known prices; tools were seen if requests
   * were.
   *
   * @param question the question
   * @param answer the value that its method returned
   * @param toolCalls the tools it called, in order
   * @param spent time, money, tokens and attempts
   * @param measured whether model requests were seen
   */
  public Evidence(
      String question,
      @Nullable Object answer,
      List<ToolCall> toolCalls,
      Spent spent,
      boolean measured) {
    this(question, answer, toolCalls, spent, measured, true, measured || !toolCalls.isEmpty());
  }

  /**
   * Creates the evidence of an answer about which nothing else is known.
   *
   * @param question the question
   * @param answer the answer
   * @return the evidence
   */
  public static Evidence of(String question, @Nullable Object answer) {
    return new Evidence(question, answer, List.of(), Spent.NOTHING, false);
  }

  /**
   * Returns the answer as text.
   *
   * @return {@link String#valueOf(Object)} of it
   */
  public String text() {
    return String.valueOf(answer);
  }
}
