package io.gild.console;

import io.gild.core.RuntimeScope;
import io.gild.gates.AuditException;
import io.gild.gates.AuditLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what people do in the console to the audit log, before it is done. */
final class ActionLog {

  private ActionLog() {}

  /**
   * Writes one action.
   *
   * @throws IOException if it cannot be written
   */
  static void write(RuntimeScope runtime, String control, String action, String who)
      throws IOException {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "console");
    event.put("control", control);
    event.put("action", action);
    event.put("who", who);
    event.put("user", System.getProperty("user.name", ""));
    event.put("pid", ProcessHandle.current().pid());
    AuditLog log = AuditLog.in(runtime.settings().data());
    try {
      log.append(List.of(event), runtime.clock().now());
    } catch (AuditException | UncheckedIOException refused) {
      throw new IOException(
          "the action was not done, because it cannot be written to the audit log "
              + log.file()
              + ": "
              + refused.getMessage(),
          refused);
    }
  }
}
