package io.gild.core;

import java.lang.ref.WeakReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call as others may keep it, for however long: it keeps neither the call alive nor anything of
 * the application, such as the agent, its arguments or its answer. Thread-safe.
 */
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

  /** Returns whether a new reference, made here and now, would say the same. */
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
   * @return {@code true} if what is done for it is done for no one
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
   * thread that is in no call works for the reference's attempt meanwhile.
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
   * Returns the innermost call on the call's way outward that is not over: the one to which a task
   * belongs that was begun in the call and may outlive it.
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
   * Returns the innermost call on a call's way outward that is not over.
   *
   * @param reference a reference, or {@code null}
   * @return the call, or {@code null} if there is none
   */
  public static @Nullable AgentCall live(@Nullable CallReference reference) {
    return reference == null ? null : reference.live();
  }

  /**
   * Takes note of how to end what the reference's attempt waits for, as {@link
   * CallContext#releasedBy} does.
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
   * Records how a physical request ended, in the call and all around it; those gone only count it.
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
