package io.gild.orchestration;

import io.gild.config.Experimental;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a step of a run.
 *
 * @param path names of the steps from the outside in
 * @param state what it does
 * @param started when it began first
 * @param ended when it ended, or {@code null}
 * @param attempts how often it ran; zero or more
 * @param cost what its model requests cost so far, in US dollars
 * @param tokens input and output tokens of its model requests
 * @param error why it failed, or {@code null}
 * @param effects side effects that it recorded, in order
 */
@Experimental
public record StepRecord(
    String path,
    State state,
    Instant started,
    @Nullable Instant ended,
    int attempts,
    BigDecimal cost,
    long tokens,
    @Nullable String error,
    List<String> effects) {

  /** What a step does. */
  public enum State {
    /** It runs, or ran when its JVM ended. */
    RUNNING,
    /** It needs a decision. */
    WAITING,
    /** It has its result. */
    FINISHED,
    /** It failed, and no retry or fallback helped. */
    FAILED,
    /** It was finished, and its compensation ran. */
    COMPENSATED,
    /** It was finished, and its compensation failed. */
    NOT_COMPENSATED
  }

  /** Copies the list. */
  public StepRecord {
    effects = List.copyOf(effects);
  }

  /**
   * Returns how long the step took.
   *
   * @param now the present, for a step that has not ended
   * @return zero or more
   */
  public Duration duration(Instant now) {
    Duration taken = Duration.between(started, ended == null ? now : ended);
    return taken.isNegative() ? Duration.ZERO : taken;
  }
}
