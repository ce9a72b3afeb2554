package io.gild.logging;

import io.gild.core.AgentCall;
import io.gild.observability.LogContext;
import java.util.Map;

/** Reads the ids of the current call. */
final class LogIds {

  /** Only OpenTelemetry's javaagent has this class, in the JVM's own loader. */
  private static final String OTHER_AGENT = "io.opentelemetry.javaagent.bootstrap.AgentInitializer";

  private final boolean traced;

  /** Creates the reader. */
  LogIds() {
    this.traced = !otherAgentTraces();
  }

  /** OpenTelemetry's javaagent adds the trace and the span itself, and its span may be closer. */
  private static boolean otherAgentTraces() {
    try {
      Class.forName(OTHER_AGENT, false, null);
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  /** Returns the ids of the current call by key; empty outside of one. */
  Map<String, String> current() {
    AgentCall call = AgentCall.current();
    return call == null ? Map.of() : LogContext.of(call, traced);
  }
}
