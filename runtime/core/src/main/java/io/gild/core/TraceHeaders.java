package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.ContextCarrier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    Set<String> written = new HashSet<>();
    GildRuntime.global()
        .carriers()
        .inject((name, value) -> {
          written.add(name);
          headers.accept(name, value);
        });
    String[] carried = Attachment.outgoing();
    for (int i = 0; carried != null && i + 1 < carried.length; i += 2) {
      if (written.add(carried[i])) {
        headers.accept(carried[i], carried[i + 1]);
      }
    }
  }

  /**
   * Runs something as a part of the call that another process made.
   *
   * @param headers returns the value of a header, or {@code null}
   * @param work what to run
   */
  public static void within(Function<String, @Nullable String> headers, Runnable work) {
    ContextCarrier.Captured context = GildRuntime.global().carriers().extract(headers);
    Runnable removeOfAgent = Attachment.incoming(name -> name == null ? null : headers.apply(name));
    Runnable remove = context.install();
    try {
      work.run();
    } finally {
      remove.run();
      if (removeOfAgent != null) {
        removeOfAgent.run();
      }
    }
  }

  /**
   * Returns the context of the current thread in a runtime that is not the application's own.
   *
   * @param runtime the runtime
   * @return names and values in turn
   */
  public static String[] outgoing(RuntimeScope runtime) {
    List<String> all = new ArrayList<>();
    runtime
        .carriers()
        .inject((name, value) -> {
          all.add(name);
          all.add(value);
        });
    return all.toArray(String[]::new);
  }

  /**
   * Installs what another process wrote on the current thread, in a runtime that is not the
   * application's own.
   *
   * @param runtime the runtime
   * @param headers returns the value of a header, or {@code null}
   * @return removes it
   */
  public static Runnable incoming(
      RuntimeScope runtime, Function<String, @Nullable String> headers) {
    return runtime.carriers().extract(headers).install();
  }
}
