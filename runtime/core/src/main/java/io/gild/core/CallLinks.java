package io.gild.core;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Links the next outermost call of a thread to earlier work that did not make it, such as the call
 * that a shadow repeats. Thread-safe.
 */
@Experimental
public final class CallLinks {

  private static final ThreadLocal<@Nullable List<String>> NEXT = new ThreadLocal<>();

  private CallLinks() {}

  /**
   * Links the next outermost call that the current thread begins.
   *
   * @param headers the context of the earlier work as {@link TraceHeaders#outgoing} returns it:
   *     names and values in turn; empty for none
   * @return removes the link if no call has begun
   */
  public static Runnable to(String... headers) {
    if (headers.length == 0) {
      return () -> {};
    }
    NEXT.set(new ArrayList<>(Arrays.asList(headers)));
    return NEXT::remove;
  }

  /**
   * Returns the context that the call that begins now is linked to, and removes it.
   *
   * @return names and values in turn; empty for none
   */
  public static List<String> take() {
    List<String> headers = NEXT.get();
    if (headers == null) {
      return List.of();
    }
    NEXT.remove();
    return headers;
  }
}
