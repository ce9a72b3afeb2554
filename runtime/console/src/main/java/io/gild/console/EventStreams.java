package io.gild.console;

import com.sun.net.httpserver.HttpExchange;
import io.gild.config.Json;
import io.gild.core.GildLog;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The clients that watch. One reader makes each event once for all of them, and only while there is
 * one. Thread-safe.
 */
final class EventStreams implements AutoCloseable {

  private static final int MOST_CALLS = 200;

  private final ConsoleSource source;
  private final ConsoleThreads threads;
  private final int most;
  private final List<EventClient> clients = new CopyOnWriteArrayList<>();
  private boolean reading;
  private Map<String, @Nullable Object> state = Map.of();
  private ConsoleSource.@Nullable Tail tail;

  EventStreams(ConsoleSource source, ConsoleThreads threads, int most) {
    this.source = source;
    this.threads = threads;
    this.most = most;
  }

  int count() {
    return clients.size();
  }

  /** Adds a client, or returns {@code null} if there are too many. */
  synchronized @Nullable EventClient add(Query query) {
    if (clients.size() >= most) {
      return null;
    }
    EventClient client = new EventClient(query.text("tail").equals("1"), query.text("agent"));
    if (clients.isEmpty()) {
      source.watched(true);
    }
    clients.add(client);
    return client;
  }

  /** Serves a client until it is gone. */
  void serve(HttpExchange exchange, EventClient client) throws IOException {
    try {
      startReading();
      client.serve(exchange, threads, this::whole);
    } finally {
      remove(client);
    }
  }

  private synchronized void remove(EventClient client) {
    clients.remove(client);
    if (clients.isEmpty()) {
      source.watched(false);
    }
  }

  private byte[] whole() {
    return ConsoleEvent.of("state", Json.write(source.state()));
  }

  private synchronized void startReading() {
    if (!reading) {
      reading = true;
      state = source.state();
      tail = null;
      scheduleNext();
    }
  }

  private void scheduleNext() {
    try {
      threads.timer().schedule(this::read, source.updateMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      reading = false;
    }
  }

  private void read() {
    synchronized (this) {
      if (clients.isEmpty()) {
        reading = false;
        state = Map.of();
        return;
      }
    }
    try {
      publishState();
      publishCalls();
    } catch (IOException | RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Reading the state for the console", fault);
    }
    synchronized (this) {
      scheduleNext();
    }
  }

  private void publishState() {
    Map<String, @Nullable Object> now = source.state();
    Map<String, @Nullable Object> patch = StatePatch.of(state, now);
    state = now;
    if (patch != null) {
      byte[] event = ConsoleEvent.of("patch", Json.write(patch));
      clients.forEach(client -> client.offer(event));
    }
  }

  /** Passes the calls that ended since the last reading to the clients that want them. */
  private void publishCalls() throws IOException {
    if (clients.stream().noneMatch(EventClient::wantsCalls)) {
      tail = null;
      return;
    }
    ConsoleSource.Tail present = tail;
    if (present == null) {
      tail = source.tail();
      return;
    }
    ConsoleSource.NewCalls found = present.read(MOST_CALLS);
    if (found.rows().isEmpty() && found.skipped() == 0) {
      return;
    }
    Map<String, byte[]> events = new HashMap<>();
    for (EventClient client : clients) {
      if (client.wantsCalls()) {
        client.offer(events.computeIfAbsent(client.agent(), agent -> event(found, agent)));
      }
    }
  }

  private static byte[] event(ConsoleSource.NewCalls found, String agent) {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put(
        "rows",
        found.rows().stream()
            .filter(row -> agent.isEmpty() || agent.equals(row.get("agent")))
            .toList());
    content.put("skipped", found.skipped());
    return ConsoleEvent.of("calls", Json.write(content));
  }

  @Override
  public void close() {
    clients.forEach(EventClient::end);
    clients.clear();
    source.watched(false);
  }
}
