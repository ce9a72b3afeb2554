package io.gild.coordination;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The requests of a broker that wait for their replies. */
final class Requests {

  /** Replies that others follow. */
  private static final Set<Intent> BEFORE_THE_END =
      Set.of(Intent.ACCEPT, Intent.PROGRESS, Intent.PARTIAL, Intent.HEARTBEAT);

  private final Map<String, CompletableFuture<Envelope>> waiting = new ConcurrentHashMap<>();

  CompletableFuture<Envelope> add(String id) {
    CompletableFuture<Envelope> reply = new CompletableFuture<>();
    if (waiting.putIfAbsent(id, reply) != null) {
      throw new IllegalArgumentException("a request with the id " + id + " waits for its reply");
    }
    reply.whenComplete((done, failure) -> waiting.remove(id, reply));
    return reply;
  }

  void reply(String json) {
    Envelope reply = EnvelopeJson.read(json);
    String id = reply.correlationId();
    CompletableFuture<Envelope> request = id == null ? null : waiting.get(id);
    if (request != null && !BEFORE_THE_END.contains(reply.intent())) {
      request.completeAsync(() -> reply); // engines must not wait for the requester's code
    }
  }

  void close() {
    waiting
        .values()
        .forEach(reply ->
            reply.completeExceptionally(
                new CoordinationException("The broker was closed before the reply came")));
  }
}
