package io.gild.weaver;

/** One physical request that is under way; takes its end, from any thread. */
final class SentRequest {

  /** What counts for nobody. */
  static final SentRequest UNCOUNTED = new SentRequest();

  /**
   * Tells that the head of the response is there.
   *
   * @param status the HTTP status
   * @param retryAfterMillis how long the server asks to wait; 0 if it does not say
   */
  void ended(int status, long retryAfterMillis) {}

  /** Tells that there will be no response. */
  void failed(Throwable cause) {}
}
