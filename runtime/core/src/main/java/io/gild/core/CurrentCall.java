package io.gild.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The call that each thread is in.
 *
 * <p>Every thread has one cell, so that entering and leaving a call costs one search. The cell is a
 * plain array, so that no thread keeps Gild's classes alive. Its second element is the attempt that
 * the thread works for, if that attempt can be abandoned; its third are the {@linkplain CallLabels
 * labels} of calls that the thread begins, as a map.
 */
final class CurrentCall {

  private static final ThreadLocal<@Nullable Object[]> CELL =
      ThreadLocal.withInitial(() -> new @Nullable Object[3]);

  private CurrentCall() {}

  static @Nullable Object[] cell() {
    return CELL.get();
  }

  /** Returns whether this thread works for an attempt that was abandoned. */
  static boolean isAbandoned() {
    RunningAttempt attempt = attempt();
    return attempt != null && attempt.isAbandoned();
  }

  static @Nullable RunningAttempt attempt() {
    return (RunningAttempt) CELL.get()[1];
  }

  /** Sets the attempt that the thread works for; returns the one before. */
  static @Nullable RunningAttempt attempt(@Nullable RunningAttempt attempt) {
    @Nullable Object[] cell = CELL.get();
    RunningAttempt previous = (RunningAttempt) cell[1];
    cell[1] = attempt;
    return previous;
  }

  /** Returns the labels of the calls that this thread begins; {@code null} if there are none. */
  static @Nullable Map<String, String> labels() {
    return labels(CELL.get());
  }

  @SuppressWarnings("unchecked") // nothing else is written there
  static @Nullable Map<String, String> labels(@Nullable Object[] cell) {
    return (Map<String, String>) cell[2];
  }

  static void labels(@Nullable Map<String, String> labels) {
    CELL.get()[2] = labels;
  }

  static @Nullable AgentCall get() {
    return (AgentCall) CELL.get()[0];
  }

  /** Makes a call the thread's current one; returns the one it was in before. */
  static @Nullable AgentCall enter(AgentCall call) {
    @Nullable Object[] cell = CELL.get();
    AgentCall previous = (AgentCall) cell[0];
    cell[0] = call;
    return previous;
  }

  /** Restores the call that the thread was in before. */
  static void leave(@Nullable AgentCall previous) {
    CELL.get()[0] = previous;
  }

  /**
   * Restores the call around this one, if the thread is in this one, or in a call inside of it
   * whose end was never recorded.
   */
  static void leaveIf(AgentCall call) {
    @Nullable Object[] cell = CELL.get();
    for (AgentCall met = (AgentCall) cell[0]; met != null; met = met.parent()) {
      if (met == call) {
        cell[0] = call.parent();
        return;
      }
    }
  }
}
