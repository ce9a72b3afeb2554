package io.gild.observability;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A span of work that is no call. Only its first end counts. Thread-safe. */
class OpenWork {

  final Span span;
  private final boolean owned;
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * Creates it.
   *
   * @param span the span
   * @param owned whether the end of the work is the end of the span; that of a call ends with it
   */
  OpenWork(Span span, boolean owned) {
    this.span = span;
    this.owned = owned;
  }

  /** Makes the span the context of the current thread; returns what removes it. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public final Runnable enter() {
    Scope scope = span.makeCurrent();
    return scope::close;
  }

  /** Ends the work, with the kind of the error if it failed. */
  public final void ended(@Nullable String errorType) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    if (errorType != null) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(GenAi.ERROR_TYPE, errorType);
    }
    if (owned) {
      span.end();
    }
  }
}
