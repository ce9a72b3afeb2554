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
   * @param headers looks up the headers of the response
   */
  void ended(int status, RetryAfter.Headers headers) {
    if (attempt != null && status > 0) {
      attempt.ended(status, RetryAfter.millis(headers), LimitHeaders.read(headers));
    }
  }

  /** Records that there will be no response. */
  void failed(Throwable cause) {
    if (attempt != null) {
      attempt.failed(cause);
    }
  }
}
