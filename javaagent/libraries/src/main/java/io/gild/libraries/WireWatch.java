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
 * The events that LangChain4j's HTTP client received in one attempt's stream. The library does not
 * distinguish a complete stream from one that was cut off, counts Anthropic's input only at the
 * start, and drops known counts if one is missing.
 *
 * <p>Thread-safe. It is empty for an unknown protocol and for a model with another transport.
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

  /** Runs after the end of the transport. */
  private final Runnable closed;

  private boolean opened;
  private boolean received;
  private boolean known;
  private boolean ended;

  WireWatch(Runnable closed) {
    this.closed = closed;
  }

  /** Watches any stream that the body opens on this thread. */
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

  /** Whether the transport saw no event, or events of a known protocol without its last one. */
  synchronized boolean isBrokenOff() {
    return opened && (known || !received) && !ended;
  }

  synchronized void open() {
    opened = true;
  }

  private synchronized void receive() {
    received = true;
  }

  /** Returns the provider's own counts; empty for an unknown protocol. */
  synchronized ReportedTokens tokens() {
    return tokens;
  }

  /** Receives an unparsed event. */
  void event(String data) {
    receive();
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
            || has(event.get("delta"), "stop_reason")
            || has(event.get("promptFeedback"), "blockReason")
            || anyHas(event.get("choices"), "finish_reason")
            || anyHas(event.get("candidates"), "finishReason");
    tokens.takeCumulative(InvokeBody.of(json).wireCounts());
  }

  private static boolean anyHas(@Nullable Object list, String field) {
    return list instanceof List<?> parts && parts.stream().anyMatch(part -> has(part, field));
  }

  private static boolean has(@Nullable Object part, String field) {
    return part instanceof Map<?, ?> map
        && map.get(field) instanceof String value
        && !value.isEmpty();
  }

  /**
   * The method of LangChain4j's HTTP clients that opens a stream: its last argument is the
   * listener.
   */
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
              (proxy, method, given) -> watch.receive(listener, method, given));
      return new Rewritten(rewritten);
    }

    @Override
    public boolean wantsHandle() {
      return false;
    }
  }

  private @Nullable Object receive(
      Object listener, Method method, @Nullable Object @Nullable [] given) throws Throwable {
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
