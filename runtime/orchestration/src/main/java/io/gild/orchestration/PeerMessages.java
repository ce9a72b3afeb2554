package io.gild.orchestration;

import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.A2aRole;
import io.gild.a2a.ReportedUsage;
import io.gild.config.Usage;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.Topics;
import io.gild.core.AgentCall;
import io.gild.core.CallProbe;
import io.gild.core.TraceHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The messages by which tasks are announced, bid for and awarded. */
final class PeerMessages {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");

  /** Clocks of machines differ; a bid that comes too late does no harm. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final String PEER = "gild-peer";
  private static final String UNTIL = "gild-bids-until";
  private static final String KEY = "gild-task-key";
  private static final String SCORE = "score";
  private static final String COMMENT = "comment";
  private static final String TRACEPARENT = "traceparent";

  private PeerMessages() {}

  static String requireName(String peer) {
    if (!NAME.matcher(peer).matches()) {
      throw new IllegalArgumentException(
          "the name of a peer must be 1 to 40 letters, digits, _ and -, but is \"" + peer + "\"");
    }
    return peer;
  }

  /** Returns the name of a subscription of a peer; different topics have different names. */
  static String subscription(String kind, String peer, String topic) {
    UUID hash = UUID.nameUUIDFromBytes(topic.getBytes(StandardCharsets.UTF_8));
    return kind + "-" + requireName(peer) + "-" + hash;
  }

  /** Returns the topic of the tasks that a peer is awarded. */
  static String awards(String topic, String peer) {
    return Topics.requireName("awards." + topic + "." + requireName(peer));
  }

  /**
   * Announces a task.
   *
   * @param peer the only one that may bid, or {@code null} for all
   */
  static Envelope announcement(
      String topic, PeerTask task, @Nullable String peer, Instant now, Duration bidTime) {
    Envelope.Builder builder =
        message(topic, Intent.ANNOUNCE, task).header(UNTIL, now.plus(bidTime).toString());
    if (peer != null) {
      builder.header(PEER, peer);
    }
    return builder.build();
  }

  static Envelope award(String topic, PeerTask task, String peer) {
    return message(awards(topic, peer), Intent.AWARD, task).build();
  }

  /** Asks the peer that works on an award to stop. */
  static Envelope cancellation(String topic, Envelope award) {
    return Envelope.builder(topic, Intent.CANCEL, A2aMessage.ofUser("canceled"))
        .correlationId(award.id())
        .tenant(award.tenant())
        .build();
  }

  private static Envelope.Builder message(String topic, Intent intent, PeerTask task) {
    Envelope.Builder builder =
        Envelope.builder(topic, intent, task.message())
            .tenant(task.tenant())
            .header(KEY, task.key());
    TraceHeaders.inject((name, value) -> {
      if (name.equals(TRACEPARENT)) {
        builder.traceparent(value);
      } else {
        builder.header(name, value);
      }
    });
    return builder;
  }

  /** Returns what a carrier of the context finds in a message. */
  static @Nullable String header(Envelope envelope, String name) {
    return name.equals(TRACEPARENT)
        ? envelope.traceparent()
        : envelope.headers().get(name) instanceof String text ? text : null;
  }

  static PeerTask task(Envelope envelope) {
    String key = header(envelope, KEY);
    return new PeerTask(envelope.message(), key == null ? envelope.id() : key, envelope.tenant());
  }

  /** Returns whether a peer should bid: it is asked, and its bid may still come in time. */
  static boolean isFor(Envelope announcement, String peer, Instant now) {
    String only = header(announcement, PEER);
    String until = header(announcement, UNTIL);
    try {
      return (only == null || only.equals(peer))
          && (until == null || now.isBefore(Instant.parse(until).plus(SKEW)));
    } catch (DateTimeParseException unreadable) {
      return false;
    }
  }

  static A2aMessage bid(PeerBid made) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(PEER, made.peer());
    json.put(SCORE, made.bid().score());
    json.put(COMMENT, made.bid().comment());
    return A2aMessage.of(A2aRole.AGENT, List.of(A2aPart.data(json)));
  }

  /** Reads a bid; {@code null} if it is none, such as a rejection. */
  static @Nullable PeerBid bid(Envelope reply) {
    if (reply.intent() == Intent.BID
        && reply.message().parts().get(0) instanceof A2aPart.Data data
        && data.data() instanceof Map<?, ?> json
        && json.get(PEER) instanceof String peer
        && NAME.matcher(peer).matches()
        && json.get(SCORE) instanceof Number score
        && Double.isFinite(score.doubleValue())) {
      String comment = json.get(COMMENT) instanceof String text ? text : "";
      return new PeerBid(peer, new Bid(score.doubleValue(), comment));
    }
    return null;
  }

  /** Adds what the work of a peer spent to its reply. */
  static A2aMessage withUsage(A2aMessage result, CallProbe.Seen seen) {
    Map<String, Object> metadata = new LinkedHashMap<>(result.metadata());
    metadata.put(
        ReportedUsage.URI,
        new ReportedUsage(
                seen.nanoUsd(),
                seen.usage().inputTokens(),
                seen.usage().outputTokens(),
                seen.requests())
            .toJson());
    return result.withMetadata(metadata);
  }

  /** Counts what a peer spent as spent by the call that awarded the task. */
  static void recordUsage(String peer, A2aMessage result) {
    AgentCall call = AgentCall.current();
    if (call != null && result.metadata().get(ReportedUsage.URI) instanceof Map<?, ?> json) {
      long requests = number(json, "requests");
      if (requests > 0) {
        Usage usage = Usage.of(number(json, "inputTokens"), number(json, "outputTokens"));
        call.detail().recordUsage("peer:" + peer, usage, number(json, "nanoUsd"));
      }
    }
  }

  private static long number(Map<?, ?> json, String key) {
    return json.get(key) instanceof Number number ? Math.max(0, number.longValue()) : 0;
  }
}
