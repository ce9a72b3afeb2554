package io.gild.memories;

import io.gild.config.Json;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.MethodSpec.Role;
import io.gild.core.PlainValues;
import io.gild.memory.SessionKey;
import org.jspecify.annotations.Nullable;

/** The keys of sessions, as the governed calls name them in which a thread is. */
final class CallKeys {

  private CallKeys() {}

  /**
   * Returns the key of a memory in the current call of an agent.
   *
   * @param id id of the memory
   * @param isDefault whether it is that of all memories without one, so that the session that the
   *     call names is a better one
   * @return the key; {@code null} outside of any agent
   */
  static @Nullable SessionKey current(String id, boolean isDefault) {
    AgentCall call = AgentCall.current();
    for (AgentCall each = call; each != null; each = each.parent()) {
      if (each.method().spec().kind() == CallKind.AGENT) {
        String session = isDefault ? argument(each, Role.SESSION) : "";
        return new SessionKey(
            argument(each, Role.TENANT),
            each.method().spec().agent(),
            session.isEmpty() ? id : session);
      }
    }
    return null;
  }

  /** Returns the argument with a role, of a call or of the nearest one around it, as text. */
  private static String argument(AgentCall call, Role role) {
    for (AgentCall each = call; each != null; each = each.parent()) {
      int index = each.method().spec().indexOf(role);
      if (index >= 0) {
        return text(each.argument(index));
      }
    }
    return "";
  }

  /** Returns a value as the policies of memory write it. */
  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : Json.write(PlainValues.of(value));
  }
}
