package io.gild.memories;

import io.gild.core.GildLog;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.spi.MessageForm;
import io.gild.weaver.Foreign;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An adapter's form that also takes messages which the adapter cannot keep: the session gets their
 * place only, and they themselves stay in the heap. Thread-safe.
 */
final class KeepingForm implements MessageForm<Object> {

  private static final String PLACE = "in-memory";

  private final MessageForm<Object> adapter;
  private final String typeMethod;
  private final String title;

  /** The messages by what the session has of them, as long as the application uses them. */
  private final Map<Object, String> places = Collections.synchronizedMap(new WeakHashMap<>());

  KeepingForm(MessageForm<Object> adapter, String typeMethod, String title) {
    this.adapter = adapter;
    this.typeMethod = typeMethod;
    this.title = title;
  }

  @Override
  public SessionMessage write(String id, Object message, Instant at) {
    try {
      SessionMessage written = adapter.write(id, message, at);
      return written.with(PlainData.copy(written.data()));
    } catch (RuntimeException unkept) {
      GildLog.infoOnce(
          "Messages of %s that cannot be kept in sessions stay in memory: %s"
              .formatted(title, unkept.getMessage()));
      String place = places.computeIfAbsent(message, first -> UUID.randomUUID().toString());
      return new SessionMessage(id, role(message), "", at, 0, false, Map.of(PLACE, place));
    }
  }

  private Role role(Object message) {
    String type;
    try {
      type = String.valueOf(Foreign.call(message, typeMethod)).toLowerCase(Locale.ROOT);
    } catch (Throwable unfit) {
      return Role.USER;
    }
    if (type.startsWith("system")) {
      return Role.SYSTEM;
    }
    return type.startsWith("tool")
        ? Role.TOOL
        : type.startsWith("ai") || type.startsWith("assistant") ? Role.ASSISTANT : Role.USER;
  }

  @Override
  public @Nullable Object read(SessionMessage message) {
    if (!(message.data().get(PLACE) instanceof String place)) {
      return adapter.read(message);
    }
    synchronized (places) {
      for (Map.Entry<Object, String> known : places.entrySet()) {
        if (known.getValue().equals(place)) {
          return known.getKey();
        }
      }
    }
    return null; // it ended with the JVM that had it
  }

  @Override
  public Object withSummary(@Nullable Object instructions, String summary) {
    return adapter.withSummary(instructions, summary);
  }

  @Override
  public List<String> requests(Object message) {
    return new ArrayList<>(adapter.requests(message));
  }

  @Override
  public List<String> results(Object message) {
    return new ArrayList<>(adapter.results(message));
  }
}
