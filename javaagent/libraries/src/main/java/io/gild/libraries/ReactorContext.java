package io.gild.libraries;

import io.gild.core.GildLog;
import io.gild.weaver.AssemblySite;
import io.gild.weaver.Foreign;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Flux} is told by its subscriber's context, which goes from there to its source
 * through all operators and threads. Reactor is known by name alone, from 3.4 on.
 */
final class ReactorContext {

  private static final String KEY = "io.gild.assembled";

  private ReactorContext() {}

  /** Has a stream's sources know where it was made; returns the stream itself if that fails. */
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
   * @param stream makes one, given where the subscriber's own stream was made, if that is known
   * @return the stream; null if the type can defer none
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
