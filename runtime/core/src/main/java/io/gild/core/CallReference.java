package io.gild.core;

import io.gild.config.Experimental;
import java.lang.ref.WeakReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a call that may be kept for any time: it keeps neither the call alive nor objects
 * of the application, such as the agent, its arguments or its answer. Thread-safe.
 */
@Experimental
public final class CallReference extends WeakReference<AgentCall> {

  private final @Nullable CallReference around;
  private final Counts counts;
  private final int attempts;
  private final @Nullable RunningAttempt running;

  CallReference(AgentCall call, @Nullable CallReference around) {
    super(call);
    this.around = around;
    this.counts = call.method().counts();
    this.attempts = call.attempts();
    this.running = CurrentCall.attempt();
  }

  /** Returns whether a new reference, made now, would be equal. */
  boolean isOfPresentAttempt() {
    AgentCall call = get();
    return call != null
        && call.attempts() == attempts
        && running == CurrentCall.attempt()
        && (around == null || around.isOfPresentAttempt());
  }

  /**
   * Returns whether the attempt in which the reference was made was given up.
   *
   * @return {@code true} if no caller waits for its work
   */
  public boolean isAbandoned() {
    if (running != null && running.isAbandoned()) {
      return true;
    }
    AgentCall call = get();
    boolean repeated = call != null && attempts > 0 && call.attempts() > attempts;
    return repeated || (around != null && around.isAbandoned());
  }

  /**
   * Makes the innermost call that is not over the current one of another thread, for a while. A
   * thread outside of any call works for the reference's attempt meanwhile.
   *
   * @param live what {@link #live()} returned
   * @return what to give to {@link CallContext#leave}, or {@code null}
   */
  public @Nullable AgentCall join(AgentCall live) {
    AgentCall previous = CurrentCall.enter(live);
    if (previous == null) {
      CurrentCall.attempt(isAbandoned() ? RunningAttempt.ABANDONED : running);
    }
    return previous;
  }

  /**
   * Returns the innermost call that is not over, from the call outward. A task that began in the
   * call and may outlive it belongs to this one.
   *
   * @return the call or one around it, or {@code null} if all are over
   */
  public @Nullable AgentCall live() {
    for (CallReference reference = this; reference != null; reference = reference.around) {
      AgentCall call = reference.get();
      if (call != null && !call.over()) {
        return call;
      }
    }
    return null;
  }

  /**
   * Returns the innermost call that is not over, from a call outward.
   *
   * @param reference a reference, or {@code null}
   * @return the call, or {@code null} if there is none
   */
  public static @Nullable AgentCall live(@Nullable CallReference reference) {
    return reference == null ? null : reference.live();
  }

  /**
   * Registers how to end a wait of the reference's attempt, as {@link CallContext#releasedBy} does.
   *
   * @param resource what is ended; held weakly
   * @param end ends it, from any thread, and does nothing if it is over
   * @param <T> type of the resource
   */
  public <T> void releasedBy(T resource, Consumer<? super T> end) {
    if (running != null) {
      running.releasedBy(resource, end);
    }
  }

  /**
   * Records the end of a physical request, in the call and all enclosing ones; calls that ended
   * only count it.
   */
  void requestEnded(Counts.Event event, boolean failed, long retryAfterNanos) {
    for (CallReference reference = this; reference != null; reference = reference.around) {
      reference.counts.add(event);
      AgentCall call = reference.get();
      if (call != null) {
        call.detail().requestEnded(failed, retryAfterNanos);
      }
    }
  }
}
