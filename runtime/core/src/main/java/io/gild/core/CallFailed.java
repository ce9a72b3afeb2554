package io.gild.core;

import java.util.List;
import java.util.Optional;

/**
 * Holds how each attempt of a failed call ended.
 *
 * <p>A governed method fails with its own exception, as its callers expect; this one is found among
 * that exception's {@linkplain Throwable#getSuppressed() suppressed} ones when there was more than
 * one attempt.
 */
public final class CallFailed extends GildException {

  private static final long serialVersionUID = 1L;

  private final transient List<Throwable> attempts;

  CallFailed(String agent, List<Throwable> attempts) {
    super("Agent " + agent + ": all " + attempts.size() + " attempts failed", null, false);
    this.attempts = List.copyOf(attempts);
  }

  /**
   * Finds the details of a failure that a governed method threw.
   *
   * @param failure what the method threw
   * @return the details, empty if there was only one attempt
   */
  public static Optional<CallFailed> of(Throwable failure) {
    for (Throwable suppressed : failure.getSuppressed()) {
      if (suppressed instanceof CallFailed failed) {
        return Optional.of(failed);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the cause of each failed attempt.
   *
   * @return the causes in order, the last one being what the method threw
   */
  public List<Throwable> attempts() {
    return attempts == null ? List.of() : attempts;
  }
}
