package io.gild.coordination;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Collects the replies to one message. Thread-safe. */
final class ReplyCollector implements Consumer<Envelope> {

  private final int enough;
  private final List<Envelope> replies = new ArrayList<>();
  private final CompletableFuture<List<Envelope>> all = new CompletableFuture<>();

  /**
   * Creates a collector.
   *
   * @param enough ends with so many replies
   */
  ReplyCollector(int enough) {
    this.enough = enough;
  }

  CompletableFuture<List<Envelope>> all() {
    return all;
  }

  @Override
  public synchronized void accept(Envelope reply) {
    replies.add(reply);
    if (replies.size() == enough) {
      end();
    }
  }

  /** Completes with the replies so far; later ones are dropped. */
  synchronized void end() {
    List<Envelope> collected = List.copyOf(replies);
    all.completeAsync(() -> collected); // engines must not wait for the requester's code
  }
}
