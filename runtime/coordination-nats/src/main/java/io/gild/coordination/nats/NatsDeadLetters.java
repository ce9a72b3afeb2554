package io.gild.coordination.nats;

import io.gild.config.Json;
import io.gild.coordination.DeadLetter;
import io.gild.coordination.DeadLetter.Reason;
import io.gild.coordination.DeadLetterJson;
import io.gild.coordination.spi.EncodedEnvelope;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dead letters, in a stream of their own: the message, and the rest in a header. */
final class NatsDeadLetters {

  private static final String MESSAGE = "message";
  private static final String MESSAGE_ID = "Nats-Msg-Id";
  private static final int NO_STREAM = 10059;

  private final NatsLink link;
  private final NatsNames names;
  private final Clock clock;

  /** A dead letter and where it is. */
  record Found(long sequence, DeadLetter letter) {}

  NatsDeadLetters(NatsLink link, NatsNames names, Clock clock) {
    this.link = link;
    this.names = names;
    this.clock = clock;
  }

  void addWithoutSubscription(EncodedEnvelope encoded) {
    add(
        new DeadLetter(
            "none-" + NatsNames.key(encoded.envelope()).substring(0, 32),
            Reason.NO_SUBSCRIPTION,
            "",
            encoded.envelope().topic(),
            "",
            0,
            clock.now(),
            encoded.json()));
  }

  void add(
      String subscription,
      long sequence,
      String topic,
      Reason reason,
      String detail,
      int deliveries,
      String json) {
    Instant now = clock.now();
    add(
        new DeadLetter(
            subscription + "-" + sequence,
            reason,
            detail,
            topic,
            subscription,
            deliveries,
            now,
            json));
  }

  private void add(DeadLetter letter) {
    Map<String, Object> rest = new HashMap<>(DeadLetterJson.of(letter));
    rest.remove(MESSAGE);
    String header =
        Base64.getEncoder().encodeToString(Json.write(rest).getBytes(StandardCharsets.UTF_8));
    Message message =
        NatsMessage.builder()
            .subject(names.dead(letter.id()))
            .headers(new Headers().add(NatsNames.DEAD, header).add(MESSAGE_ID, letter.id()))
            .data(letter.json().getBytes(StandardCharsets.UTF_8))
            .build();
    NatsFailures.call("write a dead letter", () -> link.jetStream().publish(message));
  }

  List<DeadLetter> list() {
    return found().stream().map(Found::letter).toList();
  }

  private List<Found> found() {
    List<Found> all = new ArrayList<>();
    MessageInfo next = next(1);
    while (next != null) {
      DeadLetter letter = read(next);
      if (letter != null) {
        all.add(new Found(next.getSeq(), letter));
      }
      next = next(next.getSeq() + 1);
    }
    return all;
  }

  private @Nullable MessageInfo next(long from) {
    return read(() -> link.management().getNextMessage(names.dead(), from, names.allDead()));
  }

  Optional<Found> find(String id) {
    if (!id.matches("[A-Za-z0-9_-]+")) {
      return Optional.empty();
    }
    MessageInfo info = read(() -> link.management().getLastMessage(names.dead(), names.dead(id)));
    DeadLetter letter = info == null ? null : read(info);
    return letter == null || info == null
        ? Optional.empty()
        : Optional.of(new Found(info.getSeq(), letter));
  }

  private static @Nullable MessageInfo read(NatsFailures.Call<MessageInfo> call) {
    return NatsFailures.<@Nullable MessageInfo>call(
        "read the dead letters",
        () -> {
          try {
            return call.run();
          } catch (JetStreamApiException failure) {
            if (NatsFailures.isNoMessage(failure) || failure.getApiErrorCode() == NO_STREAM) {
              return null;
            }
            throw failure;
          }
        });
  }

  private static @Nullable DeadLetter read(MessageInfo info) {
    String json = info.getData() == null ? "" : new String(info.getData(), StandardCharsets.UTF_8);
    try {
      Headers headers = info.getHeaders();
      String header = headers == null ? "" : headers.getFirst(NatsNames.DEAD);
      String rest = new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8);
      if (Json.read(rest) instanceof Map<?, ?> fields) {
        Map<String, Object> whole = new HashMap<>();
        fields.forEach((name, value) -> whole.put(String.valueOf(name), value));
        whole.put(MESSAGE, json);
        return DeadLetterJson.read(whole);
      }
    } catch (IllegalArgumentException | NullPointerException unreadable) {
      GildLog.infoOnce("Message " + info.getSeq() + " of the dead letters in NATS is unreadable");
    }
    return null;
  }

  int drop(Collection<String> ids) {
    int dropped = 0;
    for (String id : ids) {
      Optional<Found> found = find(id);
      if (found.isPresent()) {
        long sequence = found.get().sequence();
        NatsFailures.call(
            "delete a dead letter", () -> link.management().deleteMessage(names.dead(), sequence));
        dropped++;
      }
    }
    return dropped;
  }
}
