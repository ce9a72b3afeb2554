package io.gild.coordination;

import io.gild.coordination.spi.EncodedEnvelope;
import io.gild.coordination.spi.EngineDelivery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Meters whether a delivery ends in the dead letters. Thread-safe. */
final class MeteredDelivery implements EngineDelivery {

  private final EngineDelivery delivery;
  private final Consumer<DeadLetter.Reason> buried;

  MeteredDelivery(EngineDelivery delivery, Consumer<DeadLetter.Reason> buried) {
    this.delivery = delivery;
    this.buried = buried;
  }

  @Override
  public String json() {
    return delivery.json();
  }

  @Override
  public int number() {
    return delivery.number();
  }

  @Override
  public boolean isFinished() {
    return delivery.isFinished();
  }

  @Override
  public boolean isUncertain() {
    return delivery.isUncertain();
  }

  @Override
  public CompletionStage<Void> ack(List<EncodedEnvelope> outputs, boolean remember) {
    return delivery.ack(outputs, remember);
  }

  @Override
  public void retry(Duration delay) {
    delivery.retry(delay);
  }

  @Override
  public void extend() {
    delivery.extend();
  }

  @Override
  public CompletionStage<Void> deadLetter(DeadLetter.Reason reason, String detail) {
    return delivery
        .deadLetter(reason, detail)
        .whenComplete((done, failure) -> {
          if (failure == null) {
            buried.accept(reason);
          }
        });
  }

  @Override
  public void release() {
    delivery.release();
  }
}
