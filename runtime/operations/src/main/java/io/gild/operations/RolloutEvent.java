package io.gild.operations;

import io.gild.config.Experimental;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that was decided about a rollout.
 *
 * @param number position among the rollout's decisions, from 1
 * @param at when
 * @param state the state that was decided
 * @param share the new version's share that was decided, in hundredths of a percent
 * @param achieved the share that the engine could set; -1 while it was not set yet
 * @param note what the engine said about it; may be empty
 * @param who a person, or {@code gild} if the rollout decided itself
 * @param reason why, in a sentence
 * @param verdicts what each criterion said, as written to the audit log
 */
@Experimental
public record RolloutEvent(
    long number,
    Instant at,
    RolloutState state,
    int share,
    int achieved,
    String note,
    String who,
    String reason,
    List<Map<String, @Nullable Object>> verdicts) {

  /** Copies the list. */
  public RolloutEvent {
    verdicts = List.copyOf(verdicts);
  }

  RolloutEvent done(int set, String remark) {
    return new RolloutEvent(number, at, state, share, set, remark, who, reason, verdicts);
  }
}
