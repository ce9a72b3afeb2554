package io.gild.cli;

import com.google.auto.service.AutoService;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemorySettings;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.spi.SessionStore;
import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeProbe;
import java.util.List;
import java.util.UUID;

/** Appends to a session of its own in the server that keeps sessions, reads it, and removes it. */
@AutoService(SmokeProbe.class)
public final class SessionsProbe extends MemoryStoreProbe {

  /** Creates the probe; the service loader does. */
  public SessionsProbe() {
    super("memory.session.store", "sessions");
  }

  @Override
  String store(MemorySettings settings) {
    return settings.session().store();
  }

  @Override
  SmokeFinding roundTrip(AgentMemory memory, String kept) {
    SessionStore store = memory.sessions().store();
    String text = UUID.randomUUID().toString();
    SessionKey key = new SessionKey("gild-smoke", "smoke", text);
    try {
      SessionMessage message = SessionMessage.of(SessionMessage.Role.USER, text);
      store.change(key, SessionChange.builder().append(List.of(message)).build());
      boolean found =
          store.read(key).messages().stream().anyMatch(each -> each.text().equals(text));
      return found
          ? SmokeFinding.passed(kept + " keep what is written")
          : SmokeFinding.failed(kept + " do not have the message that was just appended");
    } finally {
      store.delete(key);
    }
  }
}
