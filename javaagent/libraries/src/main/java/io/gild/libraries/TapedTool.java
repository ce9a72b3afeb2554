package io.gild.libraries;

import io.gild.config.Json;
import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.weaver.Foreign;
import io.gild.weaver.spi.Tape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of a tool on a {@linkplain Tape tape}. */
final class TapedTool {

  private static final String RESULT = "dev.langchain4j.service.tool.ToolExecutionResult";

  private TapedTool() {}

  /** Begins the exchange of a tool. */
  static Tape.Exchange begin(Tape tape, String className, String name, @Nullable Object input) {
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("tool", name);
    request.put("arguments", arguments(input));
    return tape.begin(AgentCall.current(), new Tape.Asked(false, className, "", request));
  }

  private static @Nullable Object arguments(@Nullable Object input) {
    if (input instanceof Map<?, ?> || input == null) {
      return input;
    }
    String text = input.toString();
    try {
      return Json.read(text);
    } catch (IllegalArgumentException plain) {
      return text;
    }
  }

  /** Records the outcome of a tool. */
  static void over(Tape.Exchange exchange, @Nullable Object returned, @Nullable Throwable thrown) {
    if (thrown != null) {
      exchange.failed(thrown);
      return;
    }
    try {
      exchange.answered(plain(returned));
    } catch (Throwable fault) {
      GildLog.faultOnce("Recording a tool's result", fault);
    }
  }

  private static @Nullable Object plain(@Nullable Object result) throws Throwable {
    if (Foreign.is(result, RESULT)) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      plain.put("text", Foreign.text(result, "resultText"));
      plain.put("error", Boolean.TRUE.equals(Foreign.read(result, "isError")));
      return plain;
    }
    if (result == null || result instanceof String || result instanceof Map<?, ?>) {
      return result;
    }
    throw new UnsupportedOperationException("a result of " + result.getClass().getName());
  }

  /** Makes the result of a tool's method from the recording. */
  static @Nullable Object fromPlain(Class<?> type, @Nullable Object plain) throws Throwable {
    if (plain instanceof Map<?, ?> map && type.getName().equals(RESULT)) {
      Object builder = type.getMethod("builder").invoke(null);
      String text = String.valueOf(map.get("text"));
      Foreign.call(builder, "result", text);
      Foreign.call(builder, "resultText", text);
      Foreign.call(builder, "isError", Boolean.TRUE.equals(map.get("error")));
      return Foreign.call(builder, "build");
    }
    return plain;
  }
}
