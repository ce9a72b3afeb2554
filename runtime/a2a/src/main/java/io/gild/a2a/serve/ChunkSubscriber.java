package io.gild.a2a.serve;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.server.A2aExchange;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes the items of a publisher to a client as chunks of one artifact. */
final class ChunkSubscriber implements Flow.Subscriber<Object> {

  private final A2aExchange exchange;
  private final AtomicBoolean begun = new AtomicBoolean();

  ChunkSubscriber(A2aExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    exchange.onCancel(subscription::cancel);
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(Object item) {
    boolean append = begun.getAndSet(true);
    exchange.artifact(A2aArtifact.of("result", List.of(SkillHandler.part(item))), append, false);
  }

  @Override
  public void onError(Throwable failure) {
    SkillHandler.fail(exchange, failure);
  }

  @Override
  public void onComplete() {
    exchange.complete(null);
  }
}
