package io.gild.coordination.nats;

import io.gild.config.Json;
import io.gild.coordination.CoordinationException;
import io.gild.coordination.DeadLetter.Reason;
import io.gild.coordination.Topics;
import io.gild.core.GildLog;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves messages to the dead letters that the server gave up, because consumers died again and
 * again before they could do so themselves. The server's notices are kept in a stream, so that none
 * is lost while no broker runs. Several movers may do the same: a dead letter has one id.
 */
final class DeadLetterMover implements AutoCloseable {

  private static final long EVERY_SECONDS = 10;

  private final NatsLink link;
  private final NatsNames names;
  private final NatsDeadLetters dead;
  private final EndedMessages ended;
  private final ScheduledThreadPoolExecutor timer;

  DeadLetterMover(NatsLink link, NatsNames names, NatsDeadLetters dead, EndedMessages ended) {
    this.link = link;
    this.names = names;
    this.dead = dead;
    this.ended = ended;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(null, task, "gild-nats-mover", 0, false);
              thread.setContextClassLoader(null);
              thread.setDaemon(true);
              return thread;
            });
  }

  void start() {
    timer.scheduleWithFixedDelay(this::quietly, 1, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void quietly() {
    try {
      move();
      ended.deleteOld();
    } catch (CoordinationException | IllegalStateException failure) {
      if (timer.isShutdown()) {
        return;
      }
      GildLog.infoOnce("Moving dead letters waits for NATS: " + failure.getMessage());
    }
  }

  /** Moves what the server has given up so far; returns how many messages that were. */
  int move() {
    return NatsFailures.call(
        "move dead letters",
        () -> {
          int moved = 0;
          MessageInfo notice = next(1);
          while (notice != null) {
            long sequence = notice.getSeq();
            if (Json.read(new String(notice.getData(), StandardCharsets.UTF_8))
                    instanceof Map<?, ?> json
                && move(json)) {
              moved++;
            }
            link.management().deleteMessage(names.advisories(), sequence);
            notice = next(sequence + 1);
          }
          return moved;
        });
  }

  private @Nullable MessageInfo next(long from) throws IOException, JetStreamApiException {
    try {
      return link.management().getNextMessage(names.advisories(), from, ">");
    } catch (JetStreamApiException failure) {
      if (NatsFailures.isNoMessage(failure)) {
        return null;
      }
      throw failure;
    }
  }

  private boolean move(Map<?, ?> notice) throws IOException, JetStreamApiException {
    if (!(notice.get("stream_seq") instanceof Long sequence)
        || !(notice.get("consumer") instanceof String consumer)
        || !(notice.get("deliveries") instanceof Long deliveries)) {
      return false;
    }
    MessageInfo message = find(sequence);
    String subject = message == null ? null : message.getSubject();
    if (message == null || subject == null) {
      return false;
    }
    dead.add(
        consumer,
        sequence,
        names.topic(subject),
        Reason.MAX_DELIVERIES,
        "the server gave it up: its consumers ended again and again",
        deliveries.intValue(),
        new String(message.getData(), StandardCharsets.UTF_8));
    if (isForOneSubscription(names.topic(subject))) {
      link.management().deleteMessage(names.messages(), sequence);
    }
    return true;
  }

  private @Nullable MessageInfo find(long sequence) throws IOException, JetStreamApiException {
    try {
      return link.management().getMessage(names.messages(), sequence);
    } catch (JetStreamApiException failure) {
      if (NatsFailures.isNoMessage(failure)) {
        return null;
      }
      throw failure;
    }
  }

  /** Returns whether no other subscription may still need a message. */
  private boolean isForOneSubscription(String topic) throws IOException, JetStreamApiException {
    return link.management().getConsumers(names.messages()).stream()
            .map(each -> each.getConsumerConfiguration().getFilterSubject())
            .filter(filter -> filter != null && Topics.matches(names.pattern(filter), topic))
            .count()
        <= 1;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
