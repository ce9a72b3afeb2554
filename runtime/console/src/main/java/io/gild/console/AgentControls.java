package io.gild.console;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the controls say of one agent.
 *
 * @param closed how many of its circuit breakers are closed
 * @param open how many are open
 * @param halfOpen how many are half open
 * @param budget the budget that is used up most; {@code null} if it has none
 * @param rollout name of the rollout that is under way; {@code null} if there is none
 * @param flags how many of its signals are unusual now
 */
record AgentControls(
    int closed,
    int open,
    int halfOpen,
    @Nullable Map<String, @Nullable Object> budget,
    @Nullable String rollout,
    int flags) {

  static final AgentControls NONE = new AgentControls(0, 0, 0, null, null, 0);
}
