package io.gild.cost.redis;

/** An operation of Redis that failed. */
final class RedisUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RedisUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
