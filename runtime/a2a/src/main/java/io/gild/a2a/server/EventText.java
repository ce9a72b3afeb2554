package io.gild.a2a.server;

import io.gild.a2a.A2aEvent;
import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aVersion;
import io.gild.config.Json;
import java.util.EnumMap;
import java.util.Map;

/** An event, written once per version however many read it. */
final class EventText {

  private final A2aEvent event;
  private final Map<A2aVersion, String> texts = new EnumMap<>(A2aVersion.class);

  EventText(A2aEvent event) {
    this.event = event;
  }

  A2aEvent event() {
    return event;
  }

  synchronized String json(A2aVersion version) {
    return texts.computeIfAbsent(version, each -> Json.write(A2aJson.write(event, each)));
  }
}
