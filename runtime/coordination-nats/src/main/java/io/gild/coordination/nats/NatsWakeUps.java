package io.gild.coordination.nats;

import io.gild.synchronizers.spi.LeaseStore.Watch;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Sends and receives wake-ups as plain messages, which may be lost. Thread-safe. */
final class NatsWakeUps {

  private final String prefix;
  private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();

  /**
   * Creates wake-ups.
   *
   * @param prefix begins the subjects
   */
  NatsWakeUps(String prefix) {
    this.prefix = prefix;
  }

  /** Receives those of all synchronizers; the client subscribes again when it reconnects. */
  void subscribe(Connection connection) {
    connection.createDispatcher(this::receive).subscribe(prefix + ">");
  }

  private void receive(Message message) {
    String path = message.getSubject().substring(prefix.length());
    String id = new String(message.getData(), StandardCharsets.UTF_8);
    listeners.getOrDefault(path, List.of()).forEach(each -> each.accept(id));
  }

  void send(Connection connection, String path, Set<String> ids) {
    try {
      for (String id : ids) {
        connection.publish(prefix + path, id.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IllegalStateException disconnected) {
      // those that wait ask from time to time
    }
  }

  Watch add(String path, Consumer<String> listener) {
    listeners.compute(
        path,
        (same, known) -> {
          List<Consumer<String>> all = known == null ? new CopyOnWriteArrayList<>() : known;
          all.add(listener);
          return all;
        });
    return () ->
        listeners.computeIfPresent(
            path,
            (same, known) -> {
              known.remove(listener);
              return known.isEmpty() ? null : known;
            });
  }
}
