package io.gild.evaluation;

import io.gild.evaluation.spi.ToolCall;
import java.math.BigDecimal;
import java.util.List;

/**
 * Measurements of the calls that an agent made while it answered.
 *
 * @param attempts runs of its governed method; zero if no run was seen
 * @param requests physical requests to models
 * @param any whether any request to a model was seen
 * @param priced whether each model that was seen has a known price
 * @param toolsSeen whether any call of a model or a tool was seen, so that the tools are known
 */
record Measured(
    BigDecimal costUsd,
    long inputTokens,
    long outputTokens,
    int attempts,
    int requests,
    List<ToolCall> toolCalls,
    boolean any,
    boolean priced,
    boolean toolsSeen) {

  static final Measured NOTHING =
      new Measured(BigDecimal.ZERO, 0, 0, 0, 0, List.of(), false, true, false);

  Measured {
    toolCalls = List.copyOf(toolCalls);
  }

  /** Returns whether the money covers all requests. */
  boolean costKnown() {
    return priced && (requests == 0 || inputTokens + outputTokens > 0);
  }
}
