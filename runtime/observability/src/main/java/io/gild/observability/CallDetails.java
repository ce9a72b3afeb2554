package io.gild.observability;

import io.gild.core.TracedWork;
import org.jspecify.annotations.Nullable;

/** What modules say about the span of the next call of a thread. Thread-safe. */
final class CallDetails {

  private static final ThreadLocal<@Nullable TracedWork> NEXT = new ThreadLocal<>();

  private CallDetails() {}

  /** Describes the next call; returns what removes the description if there is no call. */
  static Runnable next(TracedWork work) {
    TracedWork before = NEXT.get();
    NEXT.set(work);
    return () -> {
      if (before == null) {
        NEXT.remove();
      } else {
        NEXT.set(before);
      }
    };
  }

  /** Returns the description of the call that begins now, and removes it. */
  static @Nullable TracedWork take() {
    TracedWork known = NEXT.get();
    if (known != null) {
      NEXT.remove();
    }
    return known;
  }
}
