package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.ContextCarrier;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Passes the context of a call, such as its span, to another process in headers, and continues that
 * of a caller. Thread-safe.
 *
 * <p>The modules of the application's runtime write and read the headers; observability does so in
 * the format of W3C Trace Context.
 */
@Experimental
public final class TraceHeaders {

  private TraceHeaders() {}

  /**
   * Writes the context of the current thread.
   *
   * @param headers takes names and values
   */
  public static void inject(BiConsumer<String, String> headers) {
    GildRuntime.global().carriers().inject(headers);
  }

  /**
   * Runs something as a part of the call that another process made.
   *
   * @param headers returns the value of a header, or {@code null}
   * @param work what to run
   */
  public static void within(Function<String, @Nullable String> headers, Runnable work) {
    ContextCarrier.Captured context = GildRuntime.global().carriers().extract(headers);
    Runnable remove = context.install();
    try {
      work.run();
    } finally {
      remove.run();
    }
  }
}
