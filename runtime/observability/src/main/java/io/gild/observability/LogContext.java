package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.core.AgentCall;
import io.gild.core.MethodSpec;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the governed call that a thread is in, for the log lines that the application writes
 * there.
 *
 * <p>The values are names, ids and numbers, never a prompt or an answer. A value has at most
 * {@value #LONGEST} characters and no characters that could forge a line, move a cursor or hide
 * text. Thread-safe.
 */
@Experimental
public final class LogContext {

  /** Key of the trace, 32 hexadecimal digits, as OpenTelemetry names it. */
  public static final String TRACE = "trace_id";

  /** Key of the call's span, 16 hexadecimal digits, as OpenTelemetry names it. */
  public static final String SPAN = "span_id";

  /** Key of the agent's name. */
  public static final String AGENT = "gild.agent";

  /** Key of the method's name. */
  public static final String METHOD = "gild.method";

  /** Key of the version that answers; absent if the agent has none. */
  public static final String VERSION = "gild.version";

  /** Key of the call's number in its JVM, 1 or more. */
  public static final String CALL = "gild.call";

  /** Key of the session; only if {@code observability.log-context-session} is on. */
  public static final String SESSION = "gild.session";

  /** Key of the tenant; only if {@code observability.log-context-tenant} is on. */
  public static final String TENANT = "gild.tenant";

  private static final int LONGEST = 128;

  private LogContext() {}

  /**
   * Returns the ids of the innermost call that the current thread is in.
   *
   * @return the ids by key, in a stable order; empty outside of a call, or if {@code
   *     observability.log-context} is off
   */
  public static Map<String, String> current() {
    AgentCall call = AgentCall.current();
    return call == null ? Map.of() : of(call, true);
  }

  /**
   * Returns the ids of a call.
   *
   * @param call the call
   * @param traced whether the trace and the span are wanted
   * @return the ids by key, in a stable order; empty if {@code observability.log-context} is off
   */
  public static Map<String, String> of(AgentCall call, boolean traced) {
    LogContextSettings settings =
        call.method().runtime().settings().get(LogContextSettings.SECTION);
    if (!settings.logContext()) {
      return Map.of();
    }
    Map<String, String> ids = new LinkedHashMap<>();
    if (traced) {
      trace(ids, CallSpans.owner(call));
    }
    MethodSpec spec = call.method().spec();
    put(ids, AGENT, spec.agent());
    put(ids, METHOD, spec.methodName());
    put(ids, VERSION, spec.version());
    ids.put(CALL, Long.toString(call.number()));
    addOnRequest(ids, SESSION, TENANT, call, settings);
    return Collections.unmodifiableMap(ids);
  }

  /** Adds the session and the tenant, as far as the settings ask for them. */
  static void addOnRequest(
      Map<String, ? super String> ids,
      String session,
      String tenant,
      AgentCall call,
      LogContextSettings settings) {
    if (settings.logContextSession()) {
      put(ids, session, argument(call, MethodSpec.Role.SESSION));
    }
    if (settings.logContextTenant()) {
      put(ids, tenant, argument(call, MethodSpec.Role.TENANT));
    }
  }

  private static void trace(Map<String, String> ids, @Nullable Span span) {
    SpanContext context = span == null ? SpanContext.getInvalid() : span.getSpanContext();
    if (context.isValid()) {
      ids.put(TRACE, context.getTraceId());
      ids.put(SPAN, context.getSpanId());
    }
  }

  /** Returns the argument of a role, of the innermost call that has one. */
  private static String argument(AgentCall innermost, MethodSpec.Role role) {
    for (AgentCall call = innermost; call != null; call = call.parent()) {
      int index = call.method().spec().indexOf(role);
      Object value = index < 0 ? null : call.argument(index);
      if (value != null && isId(value)) {
        return value.toString();
      }
    }
    return "";
  }

  /** Any other object's text may hold more than an id. */
  private static boolean isId(Object value) {
    return value instanceof String
        || value instanceof Number
        || value instanceof Enum
        || value instanceof UUID;
  }

  /** Adds a value if anything of it is left. */
  static void put(Map<String, ? super String> ids, String key, String value) {
    String clean = clean(value);
    if (!clean.isEmpty()) {
      ids.put(key, clean);
    }
  }

  /** Returns a text without characters that could forge a line, and not longer than the limit. */
  static String clean(String text) {
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char character = text.charAt(i);
      if (character >= 0x7f || character < ' ') {
        return rewritten(text);
      }
    }
    return text.length() == end ? text : text.substring(0, end);
  }

  private static String rewritten(String text) {
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (kept.length() + Character.charCount(point) > LONGEST) {
        break;
      }
      if (isPlain(point)) {
        kept.appendCodePoint(point);
      }
      i += Character.charCount(point);
    }
    return kept.toString();
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
