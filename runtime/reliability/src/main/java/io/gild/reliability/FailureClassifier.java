package io.gild.reliability;

import io.gild.core.AttemptsExhausted;
import io.gild.core.CallRefused;
import io.gild.core.PerClass;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes failures that another attempt may fix from permanent ones.
 *
 * <p>Foreign exceptions are known by name, so that no client library is needed: by the marker types
 * of LangChain4j and Spring AI, and by the HTTP status that the exceptions of most clients carry.
 * Thread-safe.
 */
final class FailureClassifier {

  private static final int DEEPEST_CAUSE = 8;

  /** Statuses of invalid requests: the same request fails again (RFC 9110, section 15.5). */
  private static final Set<Integer> PERMANENT_STATUS =
      Set.of(400, 401, 402, 403, 404, 405, 410, 413, 415, 422, 451);

  private static final Set<String> PERMANENT_TYPES =
      Set.of(
          "dev.langchain4j.exception.NonRetriableException",
          "org.springframework.ai.retry.NonTransientAiException");

  private static final ClassValue<Boolean> PERMANENT =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return is(type, PERMANENT_TYPES);
        }
      };

  private static final PerClass<StatusReader> STATUS = new PerClass<>(StatusReader::of);

  private final Set<String> worthRetrying;
  private final Set<String> ignored;

  FailureClassifier(List<String> worthRetrying, List<String> ignored) {
    this.worthRetrying = Set.copyOf(worthRetrying);
    this.ignored = Set.copyOf(ignored);
  }

  /** Returns whether another attempt may succeed. */
  boolean retryable(Throwable failure) {
    if (!(failure instanceof Exception)
        || failure instanceof CallRefused
        || failure instanceof InterruptedException
        || ignores(failure)) {
      return false;
    }
    return worthRetrying.isEmpty() ? !permanent(failure) : is(failure.getClass(), worthRetrying);
  }

  /** Returns whether the configuration ignores the failure. */
  boolean ignores(Throwable failure) {
    return !ignored.isEmpty() && is(failure.getClass(), ignored);
  }

  /** Returns whether the request or its retries caused the failure, and not the server. */
  static boolean permanent(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof AttemptsExhausted
          || PERMANENT.get(cause.getClass())
          || PERMANENT_STATUS.contains(STATUS.get(cause.getClass()).status(cause))) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean is(Class<?> type, Set<String> names) {
    for (Class<?> known = type; known != null; known = known.getSuperclass()) {
      if (names.contains(known.getName())) {
        return true;
      }
    }
    return false;
  }

  /** Reads the HTTP status of an exception that has {@code public int statusCode()}. */
  private record StatusReader(@Nullable Method method) {

    static StatusReader of(Class<?> type) {
      try {
        Method method = type.getMethod("statusCode");
        boolean usable =
            method.getReturnType() == int.class && Modifier.isPublic(type.getModifiers());
        return new StatusReader(usable ? method : null);
      } catch (NoSuchMethodException | LinkageError absent) {
        return new StatusReader(null);
      }
    }

    int status(Throwable failure) {
      try {
        return method == null ? 0 : (int) method.invoke(failure);
      } catch (ReflectiveOperationException | RuntimeException unreadable) {
        return 0;
      }
    }
  }
}
