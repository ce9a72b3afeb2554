package io.gild.coordination.nats;

import io.gild.coordination.BrokerFullException;
import io.gild.coordination.CoordinationException;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.PublishReceipt;
import io.gild.coordination.PublishReceipt.Outcome;
import io.gild.coordination.Topics;
import io.gild.coordination.spi.EncodedEnvelope;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Publishes messages to the stream. */
final class NatsPublisher {

  private static final long PATTERNS_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String MESSAGE_ID = "Nats-Msg-Id";

  private final NatsLink link;
  private final NatsNames names;
  private final NatsStreams streams;
  private final NatsDeadLetters dead;
  private final EndedMessages ended;
  private volatile @Nullable Patterns known;

  private record Patterns(List<String> patterns, long nanos) {}

  NatsPublisher(
      NatsLink link,
      NatsNames names,
      NatsStreams streams,
      NatsDeadLetters dead,
      EndedMessages ended) {
    this.link = link;
    this.names = names;
    this.streams = streams;
    this.dead = dead;
    this.ended = ended;
  }

  CompletionStage<PublishReceipt> publish(EncodedEnvelope encoded) {
    if (mustArrive(encoded.envelope())) {
      try {
        return CompletableFuture.completedFuture(publishToSomeone(encoded));
      } catch (CoordinationException failure) {
        return CompletableFuture.failedFuture(failure);
      }
    }
    try {
      boolean matched = isMatched(encoded.envelope().topic());
      String key = NatsNames.key(encoded.envelope());
      return send(message(encoded, key, key, null))
          .thenApply(ack -> receipt(encoded, ack, matched));
    } catch (CoordinationException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Publishes and waits. */
  PublishReceipt publishNow(EncodedEnvelope encoded) {
    return join(publish(encoded));
  }

  /** Publishes a dead letter again. */
  PublishAck replay(EncodedEnvelope encoded, String letter, @Nullable String subscription) {
    String key = NatsNames.key(encoded.envelope());
    return join(send(message(encoded, key, "replay-" + letter, subscription)));
  }

  /** A subscription that begins gets no message from before, so that one must be there. */
  private PublishReceipt publishToSomeone(EncodedEnvelope encoded) {
    String topic = encoded.envelope().topic();
    if (!isMatchedNow(topic)) {
      return bury(encoded);
    }
    String key = NatsNames.key(encoded.envelope());
    PublishAck ack = join(send(message(encoded, key, key, null)));
    return isMatchedNow(topic) ? receipt(encoded, ack, true) : bury(encoded);
  }

  private PublishReceipt bury(EncodedEnvelope encoded) {
    dead.addWithoutSubscription(encoded);
    return new PublishReceipt(encoded.envelope().id(), Outcome.DEAD_LETTER);
  }

  private static PublishReceipt receipt(EncodedEnvelope encoded, PublishAck ack, boolean matched) {
    return new PublishReceipt(
        encoded.envelope().id(),
        ack.isDuplicate() ? Outcome.DUPLICATE : matched ? Outcome.HELD : Outcome.NO_SUBSCRIPTION);
  }

  private Message message(
      EncodedEnvelope encoded, String key, String messageId, @Nullable String subscription) {
    Headers headers = new Headers().add(NatsNames.KEY, key).add(MESSAGE_ID, messageId);
    if (subscription != null) {
      headers.add(NatsNames.ONLY, subscription);
    }
    return NatsMessage.builder()
        .subject(names.subject(encoded.envelope()))
        .headers(headers)
        .data(encoded.json().getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /**
   * Publishes; if the stream is full of ended messages, or the server has lost it, repairs that and
   * tries once more. What follows runs on no thread of the client, which would wait for itself.
   */
  private CompletableFuture<PublishAck> send(Message message) {
    CompletableFuture<PublishAck> first = sendOnce(message);
    return first
        .handleAsync((ack, failure) -> {
          if (failure == null) {
            return CompletableFuture.completedFuture(ack);
          }
          Throwable cause = cause(failure);
          CoordinationException reason = NatsFailures.of("publish a message", cause);
          if (reason instanceof BrokerFullException) {
            ended.deleteAll();
          } else if (String.valueOf(cause).contains("503")) {
            streams.ensure();
          } else {
            return CompletableFuture.<PublishAck>failedFuture(reason);
          }
          return sendOnce(message)
              .handleAsync((again, second) -> {
                if (second != null) {
                  throw NatsFailures.of("publish a message", cause(second));
                }
                return again;
              });
        })
        .thenCompose(stage -> stage);
  }

  private CompletableFuture<PublishAck> sendOnce(Message message) {
    try {
      return link.jetStream().publishAsync(message);
    } catch (IllegalStateException notConnected) {
      return CompletableFuture.failedFuture(notConnected);
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof CompletionException || cause.getClass() == RuntimeException.class)) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Returns whether a message without a subscription is a dead letter. */
  private static boolean mustArrive(Envelope envelope) {
    return Topics.isInbox(envelope.topic())
        || envelope.intent() == Intent.REQUEST
        || envelope.intent() == Intent.DELEGATE;
  }

  /** Returns whether a subscription matched the topic about a second ago. */
  private boolean isMatched(String topic) {
    Patterns recent = known;
    if (recent == null || System.nanoTime() - recent.nanos() > PATTERNS_AGE_NANOS) {
      return isMatchedNow(topic);
    }
    return recent.patterns().stream().anyMatch(pattern -> Topics.matches(pattern, topic));
  }

  boolean isMatchedNow(String topic) {
    List<ConsumerInfo> consumers =
        NatsFailures.call(
            "list the subscriptions", () -> link.management().getConsumers(names.messages()));
    List<String> patterns =
        consumers.stream()
            .map(info -> info.getConsumerConfiguration().getFilterSubject())
            .filter(filter -> filter != null)
            .map(names::pattern)
            .toList();
    known = new Patterns(patterns, System.nanoTime());
    return patterns.stream().anyMatch(pattern -> Topics.matches(pattern, topic));
  }

  /** Forgets the subscriptions, because one has begun or ended. */
  void forgetPatterns() {
    known = null;
  }

  private static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException failure) {
      if (cause(failure) instanceof CoordinationException own) {
        throw own;
      }
      throw NatsFailures.of("publish a message", cause(failure));
    }
  }
}
