package io.gild.libraries;

import io.gild.core.GildLog;
import io.gild.weaver.AssemblySite;
import io.gild.weaver.Foreign;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the subscriber's context of a {@code Flux}, which Reactor passes from the
 * subscriber to the source through all operators and threads. Reactor is accessed only by names,
 * from 3.4 on.
 */
final class ReactorContext {

  private static final String KEY = "io.gild.assembled";

  private ReactorContext() {}

  /**
   * Writes the place where a stream was made into its context; returns the stream itself if that
   * fails.
   */
  static Object with(Object flux, AssemblySite site) {
    try {
      Object context = Foreign.make(flux, "reactor.util.context.Context", "of", KEY, site);
      return Foreign.call(flux, "contextWrite", context);
    } catch (Throwable fault) {
      GildLog.faultOnce("Remembering where a stream was made", fault);
      return flux;
    }
  }

  /**
   * Makes a stream for each subscriber.
   *
   * @param type the type {@code Flux} of the application's loader
   * @param stream makes a stream, given the place where the subscriber's own stream was made, if
   *     known
   * @return the stream; null if the type cannot defer a stream
   */
  static @Nullable Object deferred(
      Class<?> type, Function<@Nullable AssemblySite, @Nullable Object> stream) {
    Function<Object, @Nullable Object> byContext = context -> stream.apply(siteIn(context));
    try {
      return type.getMethod("deferContextual", Function.class).invoke(null, byContext);
    } catch (ReflectiveOperationException fault) {
      return null; // an older Reactor, or another library
    }
  }

  private static @Nullable AssemblySite siteIn(Object context) {
    try {
      Object found = Foreign.call(context, "getOrDefault", KEY, KEY);
      return found instanceof AssemblySite site ? site : null;
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading where a stream was made", fault);
      return null;
    }
  }
}
