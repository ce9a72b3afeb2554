package io.gild.coordination;

import io.gild.config.JournalReader;
import io.gild.config.Json;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the log of a folder into a state. */
final class LogReplay {

  /** After a clock has jumped, no message waits longer than this. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final QueueState state;
  private final Clock clock;

  LogReplay(QueueState state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /** Reads a log, which may be missing; lines that a dying JVM left unfinished are ignored. */
  void read(Path file) throws IOException {
    try (JournalReader lines = JournalReader.open(file)) {
      for (JournalReader.Line line = lines.next(); line != null; line = lines.next()) {
        try {
          if (Json.read(line.text()) instanceof Map<?, ?> json) {
            apply(json);
          }
        } catch (IllegalArgumentException unfinished) {
          GildLog.infoOnce(
              "%s, line %d: unfinished, so it was never acknowledged and is ignored"
                  .formatted(file, line.number()));
        } catch (ClassCastException | NullPointerException invalid) {
          throw new IOException(
              "%s, line %d is not a line of this version of Gild".formatted(file, line.number()),
              invalid);
        }
      }
    }
  }

  private void apply(Map<?, ?> json) throws IOException {
    if (json.containsKey(LogLines.VERSION_FIELD)) {
      start(json);
    } else if (json.containsKey(LogLines.ACCEPTED)) {
      accept(json);
    } else if (json.containsKey(LogLines.DELIVERED)) {
      deliveries(json, json.get(LogLines.DELIVERED), true);
    } else if (json.containsKey(LogLines.RETRIED)) {
      deliveries(json, json.get(LogLines.RETRIED), false);
    } else if (json.containsKey(LogLines.HANDLED)) {
      handle(json);
    } else if (json.containsKey(LogLines.BURIED)) {
      finish(json, json.get(LogLines.BURIED));
    } else if (json.containsKey(LogLines.SUBSCRIBED)) {
      state.addQueue(text(json, LogLines.SUBSCRIBED), text(json, LogLines.PATTERN));
    } else if (json.containsKey(LogLines.REMOVED)) {
      remove(text(json, LogLines.REMOVED));
    } else {
      keys(json);
    }
  }

  private void start(Map<?, ?> json) throws IOException {
    if (number(json, LogLines.VERSION_FIELD) != LogLines.VERSION) {
      throw new IOException(
          "a log of version %s; this version of Gild reads version %d"
              .formatted(json.get(LogLines.VERSION_FIELD), LogLines.VERSION));
    }
    state.continueAt(number(json, LogLines.NUMBER));
  }

  private void accept(Map<?, ?> json) {
    List<SubscriptionQueue> targets = new ArrayList<>();
    for (Object name : list(json, LogLines.QUEUES)) {
      SubscriptionQueue queue = state.queues().get(name);
      if (queue != null) {
        targets.add(queue);
      }
    }
    QueuedMessage message =
        new QueuedMessage(
            number(json, LogLines.ACCEPTED),
            text(json, LogLines.TOPIC),
            (String) json.get(LogLines.LANE),
            text(json, LogLines.KEY),
            Instant.ofEpochMilli(number(json, LogLines.AT)),
            text(json, LogLines.JSON));
    state.continueAt(message.number() + 1);
    state.enter(state.reserve(message, targets));
  }

  private void deliveries(Map<?, ?> json, @Nullable Object number, boolean uncertain) {
    SubscriptionQueue queue = state.queues().get(text(json, LogLines.QUEUE));
    QueueEntry entry = queue == null ? null : queue.find((Long) Objects.requireNonNull(number));
    if (queue == null || entry == null) {
      return;
    }
    entry.deliveries = (int) number(json, LogLines.COUNT);
    entry.uncertain = uncertain;
    if (uncertain && entry.deliveries > 1) {
      state.suspects().put(entry, queue);
    } else {
      state.suspects().remove(entry);
    }
    if (!uncertain) {
      Duration wait =
          Duration.between(clock.now(), Instant.ofEpochMilli(number(json, LogLines.UNTIL)));
      Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
      queue.time(entry, QueueEntry.State.DELAYED, clock.nanoTime() + bounded.toNanos());
    }
  }

  private void handle(Map<?, ?> json) {
    SubscriptionQueue queue = finish(json, json.get(LogLines.HANDLED));
    if (queue != null && json.get(LogLines.KEY) instanceof String key) {
      queue.finished().add(key, Instant.ofEpochMilli(number(json, LogLines.AT)));
    }
    if (json.get(LogLines.OUTPUTS) instanceof List<?> outputs) {
      outputs.forEach(output -> accept((Map<?, ?>) output));
    }
  }

  private @Nullable SubscriptionQueue finish(Map<?, ?> json, @Nullable Object number) {
    SubscriptionQueue queue = state.queues().get(text(json, LogLines.QUEUE));
    QueueEntry entry = queue == null ? null : queue.find((Long) Objects.requireNonNull(number));
    if (queue != null && entry != null) {
      state.finish(queue, entry);
    }
    return queue;
  }

  private void remove(String name) {
    SubscriptionQueue queue = state.queues().get(name);
    if (queue != null) {
      List.copyOf(queue.entries()).forEach(entry -> state.finish(queue, entry));
      state.queues().remove(name);
    }
  }

  private void keys(Map<?, ?> json) {
    KeyWindow window = state.seen();
    if (json.get(LogLines.FINISHED) instanceof String name) {
      SubscriptionQueue queue = state.queues().get(name);
      if (queue == null) {
        return;
      }
      window = queue.finished();
    }
    for (Object pair : list(json, LogLines.KEYS)) {
      List<?> keyAndTime = (List<?>) pair;
      window.add(
          (String) Objects.requireNonNull(keyAndTime.get(0)),
          Instant.ofEpochMilli((Long) Objects.requireNonNull(keyAndTime.get(1))));
    }
  }

  private static String text(Map<?, ?> json, String name) {
    return (String) Objects.requireNonNull(json.get(name), name);
  }

  private static long number(Map<?, ?> json, String name) {
    return (Long) Objects.requireNonNull(json.get(name), name);
  }

  private static List<?> list(Map<?, ?> json, String name) {
    return (List<?>) Objects.requireNonNull(json.get(name), name);
  }
}
