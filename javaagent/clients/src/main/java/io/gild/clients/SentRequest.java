package io.gild.clients;

import io.gild.core.HttpAttempt;
import org.jspecify.annotations.Nullable;

/**
 * One physical request that is under way; takes its end, from any thread.
 *
 * @param attempt takes how it ended; {@code null} if it belongs to no call
 */
record SentRequest(@Nullable HttpAttempt attempt) {

  /** What counts for no call. */
  static final SentRequest UNTRACKED = new SentRequest(null);

  /**
   * Records that the head of the response is there.
   *
   * @param status the HTTP status
   * @param retryAfterMillis how long the server asks to wait; 0 if it does not say
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
