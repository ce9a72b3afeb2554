package io.gild.cli;

import com.google.auto.service.AutoService;
import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemorySettings;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.spi.SessionStore;
import io.gild.smoke.spi.ProbeScope;
import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeProbe;
import io.gild.smoke.spi.SmokeTest;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Appends to a session of its own in the server that keeps sessions, reads it, and removes it. */
@AutoService(SmokeProbe.class)
public final class SessionsProbe implements SmokeProbe {

  private static final Set<String> OWN = Set.of("in-process", "folder");

  @Override
  public SmokeTest test() {
    return SmokeTest.STORAGE;
  }

  @Override
  public SmokeFinding run(ProbeScope scope) {
    String store = scope.settings().get(MemorySettings.SECTION).session().store();
    if (OWN.contains(store)) {
      return SmokeFinding.notApplicable("memory.session.store is " + store);
    }
    try (GildRuntime runtime = SmokeRuntimes.of(scope.settings());
        AgentMemory memory = AgentMemory.of(runtime)) {
      return roundTrip(memory.sessions().store(), "sessions in " + store);
    }
  }

  private static SmokeFinding roundTrip(SessionStore store, String subject) {
    String text = UUID.randomUUID().toString();
    SessionKey key = new SessionKey("gild-smoke", "smoke", text);
    try {
      SessionMessage message = SessionMessage.of(SessionMessage.Role.USER, text);
      store.change(key, SessionChange.builder().append(List.of(message)).build());
      boolean found =
          store.read(key).messages().stream().anyMatch(each -> each.text().equals(text));
      return found
          ? SmokeFinding.passed(subject + " keep what is written")
          : SmokeFinding.failed(subject + " do not have the message that was just appended");
    } finally {
      store.delete(key);
    }
  }
}
