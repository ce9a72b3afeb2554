package io.gild.observability;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Names the cause of a failure, and not the JDK's exception that wraps it. */
final class ErrorType {

  private static final int DEEPEST = 8;

  private ErrorType() {}

  static String of(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; depth < DEEPEST && isWrapper(cause); depth++) {
      Throwable inner = cause.getCause();
      if (inner == null) {
        break;
      }
      cause = inner;
    }
    return cause.getClass().getName();
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof ExecutionException
        || failure instanceof InvocationTargetException
        || failure instanceof UndeclaredThrowableException;
  }
}
