package io.gild.core;

import org.jspecify.annotations.Nullable;

/** The root of Gild's own exceptions. */
public abstract class GildException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GildException(String message, @Nullable Throwable cause, boolean writableStackTrace) {
    super(message, cause, true, writableStackTrace);
  }
}
