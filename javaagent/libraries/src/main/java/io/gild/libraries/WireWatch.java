package io.gild.libraries;

import io.gild.config.Json;
import io.gild.weaver.Foreign;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What LangChain4j's HTTP client saw of one attempt's stream. The library does not tell a stream
 * that came to its end from one that broke off, counts Anthropic's input at the start alone, and
 * drops counts that are known beside one that is missing.
 *
 * <p>Thread-safe. A protocol that is not known, and a model with another transport, leave it empty.
 */
final class WireWatch {

  /** Watches the stream that the thread's attempt opens. */
  private static final ThreadLocal<@Nullable WireWatch> PRESENT = new ThreadLocal<>();

  private static final String[] LAST_EVENTS = {
    "\"finish_reason\"", "\"stop_reason\"", "\"message_stop\"", "\"finishReason\"",
    "\"blockReason\"", "\"done\"", "\"response.completed\"", "\"response.incomplete\"",
    "\"response.failed\"",
  };

  private static final List<String> LAST_TYPES =
      List.of("message_stop", "response.completed", "response.incomplete", "response.failed");

  private final ReportedTokens tokens = new ReportedTokens();

  /** Runs when the transport is at its end, behind the library. */
  private final Runnable closed;

  private boolean opened;
  private boolean heard;
  private boolean known;
  private boolean ended;

  WireWatch(Runnable closed) {
    this.closed = closed;
  }

  /** Has whatever stream the body opens on this thread watched. */
  void around(Opening body) throws Throwable {
    WireWatch outer = PRESENT.get();
    PRESENT.set(this);
    try {
      body.run();
    } finally {
      if (outer == null) {
        PRESENT.remove();
      } else {
        PRESENT.set(outer);
      }
    }
  }

  /** Something that opens a stream. */
  @FunctionalInterface
  interface Opening {
    void run() throws Throwable;
  }

  /** Whether the transport saw no event at all, or those of a known protocol, but not its last. */
  synchronized boolean isBrokenOff() {
    return opened && (known || !heard) && !ended;
  }

  synchronized void open() {
    opened = true;
  }

  private synchronized void hear() {
    heard = true;
  }

  /** Returns the provider's own counts; empty where a protocol is spoken that is not known. */
  synchronized ReportedTokens tokens() {
    return tokens;
  }

  /** Takes an event as it came. */
  void event(String data) {
    hear();
    if (data.startsWith("[DONE]")) {
      end();
      return;
    }
    boolean usage = counts(data);
    if (!usage && !mayEnd(data)) {
      know(data);
      return;
    }
    try {
      read(Json.read(data));
    } catch (IllegalArgumentException unreadable) {
      know(data);
    }
  }

  private static boolean counts(String data) {
    return data.contains("\"usage\"") || data.contains("\"usageMetadata\"");
  }

  private static boolean mayEnd(String data) {
    for (String sign : LAST_EVENTS) {
      if (data.contains(sign)) {
        return true;
      }
    }
    return false;
  }

  private synchronized void end() {
    known = true;
    ended = true;
  }

  private synchronized void know(String data) {
    known |=
        data.contains("\"choices\"")
            || data.contains("\"candidates\"")
            || data.contains("\"content_block_");
  }

  private synchronized void read(@Nullable Object json) {
    if (!(json instanceof Map<?, ?> event)) {
      return;
    }
    String type = event.get("type") instanceof String name ? name : "";
    known |=
        event.containsKey("choices")
            || event.containsKey("candidates")
            || event.get("done") instanceof Boolean
            || type.startsWith("message_")
            || type.startsWith("response.");
    ended |=
        Boolean.TRUE.equals(event.get("done"))
            || LAST_TYPES.contains(type)
            || says(event.get("delta"), "stop_reason")
            || says(event.get("promptFeedback"), "blockReason")
            || anySays(event.get("choices"), "finish_reason")
            || anySays(event.get("candidates"), "finishReason");
    tokens.takeCumulative(InvokeBody.of(json).wireCounts());
  }

  private static boolean anySays(@Nullable Object list, String field) {
    return list instanceof List<?> parts && parts.stream().anyMatch(part -> says(part, field));
  }

  private static boolean says(@Nullable Object part, String field) {
    return part instanceof Map<?, ?> map
        && map.get(field) instanceof String value
        && !value.isEmpty();
  }

  /** The method of LangChain4j's HTTP clients that opens a stream: its last argument hears it. */
  static final class Opened implements JoinPoint {

    @Override
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
        throws Throwable {
      WireWatch watch = PRESENT.get();
      Object listener = arguments[2];
      if (watch == null || listener == null) {
        return null;
      }
      Class<?> type = Foreign.supertype(listener.getClass(), LangChain4j.LISTENER);
      if (type == null) {
        return null;
      }
      watch.open();
      @Nullable Object[] rewritten = arguments.clone();
      rewritten[2] =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, given) -> watch.hear(listener, method, given));
      return new Rewritten(rewritten);
    }

    @Override
    public boolean wantsHandle() {
      return false;
    }
  }

  private @Nullable Object hear(Object listener, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    if (method.getName().equals("onEvent") && given != null) {
      event(Foreign.text(given[0], "data"));
    }
    try {
      return method.invoke(listener, given);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    } finally {
      if (method.getName().equals("onClose")) {
        closed.run();
      }
    }
  }

  /** A run of the method with another listener. */
  private static final class Rewritten extends WovenCall.Watched {

    private final @Nullable Object[] arguments;

    Rewritten(@Nullable Object[] arguments) {
      this.arguments = arguments;
    }

    @Override
    public @Nullable Object @Nullable [] rewritten() {
      return arguments;
    }

    @Override
    public void over() {}
  }
}
