package io.gild.clients;

import io.gild.core.HttpAttempt;
import org.jspecify.annotations.Nullable;

/**
 * One physical request in progress; receives its end, from any thread.
 *
 * @param attempt receives how it ended; {@code null} if it belongs to no call
 */
record SentRequest(@Nullable HttpAttempt attempt) {

  /** A request that does not belong to a call. */
  static final SentRequest UNTRACKED = new SentRequest(null);

  /**
   * Records that the head of the response is there.
   *
   * @param status the HTTP status
   * @param retryAfterMillis how long the server requires the client to wait; 0 if unknown
   */
  void ended(int status, long retryAfterMillis) {
    if (attempt != null && status > 0) {
      attempt.ended(status, retryAfterMillis);
    }
  }

  /** Records that there will be no response. */
  void failed(Throwable cause) {
    if (attempt != null) {
      attempt.failed(cause);
    }
  }
}
