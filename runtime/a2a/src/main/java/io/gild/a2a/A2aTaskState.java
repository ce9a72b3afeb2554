package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.Locale;

/** The state of a task. */
@Experimental
public enum A2aTaskState {
  /** The task exists; no one works on it yet. */
  SUBMITTED,
  /** The agent works on the task. */
  WORKING,
  /** The task has ended well. */
  COMPLETED,
  /** The task has ended with an error. */
  FAILED,
  /** The task was canceled before its end. */
  CANCELED,
  /** The agent waits for another message of the user. */
  INPUT_REQUIRED,
  /** The agent does not do the task. */
  REJECTED,
  /** The agent waits for credentials of the user. */
  AUTH_REQUIRED;

  /**
   * Returns whether the task has ended; its state never changes again.
   *
   * @return whether it has ended
   */
  public boolean isTerminal() {
    return switch (this) {
      case COMPLETED, FAILED, CANCELED, REJECTED -> true;
      case SUBMITTED, WORKING, INPUT_REQUIRED, AUTH_REQUIRED -> false;
    };
  }

  /**
   * Returns whether the agent waits for the user.
   *
   * @return whether it waits
   */
  public boolean isInterrupted() {
    return this == INPUT_REQUIRED || this == AUTH_REQUIRED;
  }

  /**
   * Returns the state as it is written.
   *
   * @param version the version of the protocol
   * @return {@code TASK_STATE_INPUT_REQUIRED} in 1.0, {@code input-required} in 0.3
   */
  public String wireName(A2aVersion version) {
    return version == A2aVersion.V0_3
        ? name().toLowerCase(Locale.ROOT).replace('_', '-')
        : "TASK_STATE_" + name();
  }

  /**
   * Reads a state of either version.
   *
   * @param text such as {@code TASK_STATE_WORKING} or {@code input-required}
   * @return the state
   * @throws IllegalArgumentException if it is neither
   */
  public static A2aTaskState of(String text) {
    String name = text.startsWith("TASK_STATE_") ? text.substring("TASK_STATE_".length()) : text;
    for (A2aTaskState state : values()) {
      if (state.name().equals(name) || state.wireName(A2aVersion.V0_3).equals(name)) {
        return state;
      }
    }
    throw new IllegalArgumentException(
        "state must be a task state such as TASK_STATE_WORKING, but is \"" + text + "\"");
  }
}
