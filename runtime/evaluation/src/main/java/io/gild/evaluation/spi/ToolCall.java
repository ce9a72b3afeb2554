package io.gild.evaluation.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool that the agent called.
 *
 * @param name name of the tool
 * @param arguments its arguments by name, as plain values; {@code null} if only the name is known
 */
public record ToolCall(String name, @Nullable Map<String, @Nullable Object> arguments) {

  /** Copies the map. */
  public ToolCall {
    arguments =
        arguments == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }
}
