package io.gild.cost;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallFacts;
import io.gild.core.CostSaved;
import org.jspecify.annotations.Nullable;

/** What an answer cost when it was made, as far as prices are known. */
record PaidAnswer(@Nullable String model, Usage usage, long nanoUsd) {

  /** Returns null if the answer cost nothing, as far as is known. */
  static @Nullable PaidAnswer of(CallFacts facts) {
    return facts.costNanoUsd() > 0
        ? new PaidAnswer(facts.responseModel(), facts.usage(), facts.costNanoUsd())
        : null;
  }

  /** Counts that the answer was repeated. */
  static void save(@Nullable PaidAnswer paid, AgentCall call, CostSaved.Meter saved) {
    if (paid != null) {
      saved.record(call, paid.model(), paid.usage(), paid.nanoUsd(), 0);
    }
  }
}
