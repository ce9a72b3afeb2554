package io.gild.coordination;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The requests of a broker that wait for their replies. */
final class Requests {

  /** Replies that others follow. */
  private static final Set<Intent> BEFORE_THE_END =
      Set.of(Intent.ACCEPT, Intent.PROGRESS, Intent.PARTIAL, Intent.HEARTBEAT);

  /** What receives the replies to a message, until the future has its value. */
  private record Waiting(CompletableFuture<?> future, Consumer<Envelope> receiver) {}

  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

  CompletableFuture<Envelope> add(String id) {
    CompletableFuture<Envelope> first = new CompletableFuture<>();
    add(id, first, reply -> first.completeAsync(() -> reply)); // engines must not wait for users
    return first;
  }

  void add(String id, ReplyCollector collector) {
    add(id, collector.all(), collector);
  }

  private void add(String id, CompletableFuture<?> future, Consumer<Envelope> receiver) {
    Waiting request = new Waiting(future, receiver);
    if (waiting.putIfAbsent(id, request) != null) {
      throw new IllegalArgumentException("a request with the id " + id + " waits for its reply");
    }
    future.whenComplete((done, failure) -> waiting.remove(id, request));
  }

  void reply(String json) {
    Envelope reply = EnvelopeJson.read(json);
    String id = reply.correlationId();
    Waiting request = id == null ? null : waiting.get(id);
    if (request != null && !BEFORE_THE_END.contains(reply.intent())) {
      request.receiver().accept(reply);
    }
  }

  void close() {
    waiting
        .values()
        .forEach(request ->
            request
                .future()
                .completeExceptionally(
                    new CoordinationException("The broker was closed before the reply came")));
  }
}
