package io.gild.traffic;

import java.io.Serial;

/** An answer of Kubernetes' API server that reports a failure. */
final class KubernetesFailure extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  static final int INVALID = 422;

  private final int status;

  KubernetesFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
