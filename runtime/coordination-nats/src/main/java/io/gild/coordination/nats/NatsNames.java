package io.gild.coordination.nats;

import io.gild.coordination.CoordinationException;
import io.gild.coordination.Envelope;
import io.gild.coordination.EnvelopeKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Names in NATS.
 *
 * @param prefix begins the name of every subject, stream and bucket
 */
record NatsNames(String prefix) {

  /** Recognizes a message that comes twice, in {@code Nats-Msg-Id} too unless it is a replay. */
  static final String KEY = "Gild-Key";

  /** The one subscription that a replay is for. */
  static final String ONLY = "Gild-Only";

  /** What is known of a dead letter. */
  static final String DEAD = "Gild-Dead";

  private static final String NO_LANE = "_";
  private static final int LANE_LENGTH = 32;

  String messages() {
    return prefix + "-messages";
  }

  String dead() {
    return prefix + "-dead";
  }

  String advisories() {
    return prefix + "-advisories";
  }

  String keys() {
    return prefix + "-keys";
  }

  String allMessages() {
    return prefix + ".m.>";
  }

  String allDead() {
    return prefix + ".d.>";
  }

  /** Returns the subject of a message: its lane is the token before the topic. */
  String subject(Envelope envelope) {
    String ordering = envelope.orderingKey();
    String lane =
        ordering == null
            ? NO_LANE
            : hash(EnvelopeKeys.scoped(envelope.tenant(), ordering)).substring(0, LANE_LENGTH);
    return prefix + ".m." + lane + "." + envelope.topic();
  }

  String filter(String pattern) {
    return prefix + ".m.*." + pattern;
  }

  String filter(String lane, String pattern) {
    return prefix + ".m." + lane + "." + pattern;
  }

  /** Returns the lane of a subject, or null for a message without an ordering key. */
  @Nullable String lane(String subject) {
    int start = prefix.length() + 3;
    String lane = subject.substring(start, subject.indexOf('.', start));
    return lane.equals(NO_LANE) ? null : lane;
  }

  /** Returns the topic of a subject. */
  String topic(String subject) {
    int start = prefix.length() + 3;
    return subject.substring(subject.indexOf('.', start) + 1);
  }

  /** Returns the pattern of a filter. */
  String pattern(String filter) {
    return filter.substring((prefix + ".m.*.").length());
  }

  String dead(String id) {
    return prefix + ".d." + id;
  }

  String presence(String topicOrPattern) {
    return prefix + ".p." + topicOrPattern;
  }

  String listener(String topic) {
    return prefix + ".r." + topic;
  }

  static String key(Envelope envelope) {
    return hash(EnvelopeKeys.once(envelope));
  }

  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new CoordinationException("This JVM has no SHA-256", impossible);
    }
  }
}
