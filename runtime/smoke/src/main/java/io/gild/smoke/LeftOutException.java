package io.gild.smoke;

import java.io.IOException;
import java.io.Serial;

/** A golden task could not be asked, or its answer shows nothing about the version. */
final class LeftOutException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  LeftOutException(String message) {
    super(message);
  }
}
