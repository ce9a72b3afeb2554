package io.gild.a2a.server;

/** A request that breaks HTTP; the connection is closed behind the answer. */
final class WebProblem extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  WebProblem(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
