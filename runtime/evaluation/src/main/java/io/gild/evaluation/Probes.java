package io.gild.evaluation;

import io.gild.core.CallProbe;
import io.gild.core.WorkProbe;
import io.gild.evaluation.spi.ToolCall;
import java.math.BigDecimal;
import java.util.concurrent.Callable;

/** Observes what an agent does while it answers; no cache answers for it. */
final class Probes {

  private Probes() {}

  /**
   * Runs something on this thread.
   *
   * @param seen receives what was seen, even if the body throws
   * @return the result of the body
   * @throws Exception the exception of the body
   */
  static <T> T run(String agent, Callable<T> body, Measured[] seen) throws Exception {
    return WorkProbe.run(agent, true, null, facts -> seen[0] = measured(facts), body);
  }

  private static Measured measured(CallProbe.Seen seen) {
    return new Measured(
        BigDecimal.valueOf(seen.nanoUsd(), 9),
        seen.usage().inputTokens(),
        seen.usage().outputTokens(),
        seen.attempts(),
        seen.requests(),
        seen.tools().stream().map(tool -> new ToolCall(tool.name(), tool.arguments())).toList(),
        seen.measured(),
        seen.priced(),
        seen.toolsSeen());
  }
}
