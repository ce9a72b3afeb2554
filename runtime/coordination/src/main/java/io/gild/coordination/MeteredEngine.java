package io.gild.coordination;

import io.gild.coordination.spi.BrokerEngine;
import io.gild.coordination.spi.EncodedEnvelope;
import io.gild.coordination.spi.EngineConsumer;
import io.gild.coordination.spi.EngineDelivery;
import io.gild.core.Meters;
import io.gild.core.spi.MeterRecorder;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Meters what an engine accepts, delivers and gives up. Thread-safe. */
final class MeteredEngine implements BrokerEngine {

  private static final String FAILED = "failed";

  private final BrokerEngine engine;
  private final Meters meters;

  MeteredEngine(BrokerEngine engine, Meters meters) {
    this.engine = engine;
    this.meters = meters;
    for (PublishReceipt.Outcome outcome : PublishReceipt.Outcome.values()) {
      published(word(outcome));
    }
    published(FAILED);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private MeterRecorder published(String outcome) {
    return meters.recorder(CoordinationMeter.PUBLISHED.spec(), engine.name(), outcome);
  }

  private MeterRecorder dead(String subscription, DeadLetter.Reason reason) {
    return meters.recorder(
        CoordinationMeter.DEAD_LETTERS.spec(), engine.name(), subscription, word(reason));
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public long maxMessageBytes() {
    return engine.maxMessageBytes();
  }

  @Override
  public CompletionStage<PublishReceipt> publish(EncodedEnvelope message) {
    return engine.publish(message).whenComplete(this::count);
  }

  private void count(@Nullable PublishReceipt receipt, @Nullable Throwable failure) {
    published(receipt == null ? FAILED : word(receipt.outcome())).record(1);
    if (receipt != null && receipt.outcome() == PublishReceipt.Outcome.DEAD_LETTER) {
      dead("", DeadLetter.Reason.NO_SUBSCRIPTION).record(1);
    }
  }

  @Override
  public EngineConsumer consume(Subscription subscription, Consumer<EngineDelivery> receiver) {
    String name = subscription.name();
    MeterRecorder delivered =
        meters.recorder(CoordinationMeter.DELIVERED.spec(), engine.name(), name);
    MeterRecorder again =
        meters.recorder(CoordinationMeter.REDELIVERED.spec(), engine.name(), name);
    for (DeadLetter.Reason reason : DeadLetter.Reason.values()) {
      dead(name, reason);
    }
    if (engine instanceof EmbeddedEngine embedded) {
      meters.publish(
          CoordinationMeter.QUEUED.spec(),
          embedded,
          owner -> owner.pending(name),
          engine.name(),
          name);
    }
    return engine.consume(
        subscription,
        delivery -> {
          (delivery.number() > 1 ? again : MeterRecorder.NONE).record(1);
          delivered.record(1);
          receiver.accept(new MeteredDelivery(delivery, reason -> dead(name, reason).record(1)));
        });
  }

  @Override
  public boolean remove(String subscription) {
    return engine.remove(subscription);
  }

  @Override
  public boolean isServed(String topic) {
    return engine.isServed(topic);
  }

  @Override
  public AutoCloseable listen(String topic, Consumer<String> receiver) {
    return engine.listen(topic, receiver);
  }

  @Override
  public void send(EncodedEnvelope message) {
    engine.send(message);
  }

  @Override
  public DeadLetters deadLetters() {
    return engine.deadLetters();
  }

  @Override
  public void close() {
    engine.close();
  }
}
