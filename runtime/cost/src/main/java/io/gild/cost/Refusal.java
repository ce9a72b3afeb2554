package io.gild.cost;

import io.gild.core.AgentCall;
import java.util.Locale;
import java.util.Set;

/** Recognizes answers that a provider refused to write, by the reason why the model stopped. */
final class Refusal {

  private static final Set<String> REASONS =
      Set.of(
          "content_filter",
          "content_filtered",
          "guardrail_intervened",
          "refusal",
          "safety",
          "blocklist",
          "prohibited_content",
          "spii");

  private Refusal() {}

  static boolean isIn(AgentCall call) {
    String reason = call.facts().finishReason();
    return reason != null && REASONS.contains(reason.toLowerCase(Locale.ROOT));
  }
}
