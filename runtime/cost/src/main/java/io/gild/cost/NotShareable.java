package io.gild.cost;

/** A question or answer that cannot be written for other JVMs, or read from them. */
final class NotShareable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotShareable(String reason) {
    super(reason, null, false, false);
  }
}
