package io.gild.coordination.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.PurgeOptions;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Deletes messages that all subscriptions have ended. The stream does not do that itself: one with
 * interest retention loses, when its server is killed, messages of subscriptions that have ended
 * none yet (seen with 2.9.10).
 */
final class EndedMessages {

  private final NatsLink link;
  private final NatsNames names;
  private final Duration duplicateWindow;

  EndedMessages(NatsLink link, NatsNames names, Duration duplicateWindow) {
    this.link = link;
    this.names = names;
    this.duplicateWindow = duplicateWindow;
  }

  /** Deletes those that no longer serve to recognize a message that comes twice. */
  void deleteOld() {
    NatsFailures.call("delete ended messages", () -> purge(oldest(ended())));
  }

  /** Deletes all of them, because there is no room. */
  void deleteAll() {
    NatsFailures.call("delete ended messages", () -> purge(ended()));
  }

  /** Returns the last number up to which all messages have ended. */
  private long ended() throws IOException, JetStreamApiException {
    long last = state().getLastSequence(); // before the consumers, which may then be farther
    long ended = last;
    for (ConsumerInfo each : link.management().getConsumers(names.messages())) {
      boolean caughtUp = each.getNumPending() == 0 && each.getNumAckPending() == 0;
      ended = Math.min(ended, caughtUp ? last : each.getAckFloor().getStreamSequence());
    }
    return ended;
  }

  private StreamState state() throws IOException, JetStreamApiException {
    return link.management().getStreamInfo(names.messages()).getStreamState();
  }

  private boolean purge(long last) throws IOException, JetStreamApiException {
    if (last >= state().getFirstSequence()) {
      link.management()
          .purgeStream(names.messages(), PurgeOptions.builder().sequence(last + 1).build());
    }
    return true;
  }

  /** Returns the last number of the ended messages that are older than the window. */
  private long oldest(long ended) throws IOException, JetStreamApiException {
    Instant limit = Instant.now().minus(duplicateWindow);
    long low = state().getFirstSequence() - 1; // all up to here are old
    long high = ended;
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      MessageInfo found = from(middle);
      if (found != null && found.getSeq() <= high && isBefore(found.getTime(), limit)) {
        low = found.getSeq();
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static boolean isBefore(@Nullable ZonedDateTime time, Instant limit) {
    return time != null && time.toInstant().isBefore(limit);
  }

  private @Nullable MessageInfo from(long sequence) throws IOException, JetStreamApiException {
    try {
      return link.management().getNextMessage(names.messages(), sequence, names.allMessages());
    } catch (JetStreamApiException failure) {
      if (NatsFailures.isNoMessage(failure)) {
        return null;
      }
      throw failure;
    }
  }
}
