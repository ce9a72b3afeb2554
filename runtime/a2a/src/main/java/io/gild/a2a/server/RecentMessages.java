package io.gild.a2a.server;

import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aVersion;
import io.gild.a2a.spi.TaskOwner;
import io.gild.config.Json;
import io.gild.core.spi.Clock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the last minutes: one that is sent again gets the task of the first.
 *
 * <p>A message is the same if its tenant, id and content are.
 */
final class RecentMessages {

  private record Key(TaskOwner owner, String messageId) {}

  private record Known(String digest, String taskId, @Nullable A2aMessage reply, long at) {}

  /**
   * What became of a message.
   *
   * @param taskId its task
   * @param isNew whether the message is sent for the first time
   * @param reply the answer without a task, or {@code null}
   */
  record Found(String taskId, boolean isNew, @Nullable A2aMessage reply) {}

  private final Clock clock;
  private final long windowNanos;
  private final int most;
  private final Map<Key, Known> known = new LinkedHashMap<>();

  /**
   * Creates the memory.
   *
   * @param window how long a message is remembered; zero for not at all
   * @param most the most messages that are remembered
   */
  RecentMessages(Clock clock, Duration window, int most) {
    this.clock = clock;
    this.windowNanos = window.toNanos();
    this.most = most;
  }

  /**
   * Returns what became of a message that was sent before, or remembers a new one.
   *
   * @param isKnown returns whether a task still exists
   * @param begin begins the task of a new message and returns its id
   */
  Found find(
      TaskOwner owner, A2aMessage message, Predicate<String> isKnown, Supplier<String> begin) {
    if (windowNanos == 0) {
      return new Found(begin.get(), true, null);
    }
    String digest = digest(message);
    Key key = new Key(owner, message.messageId());
    synchronized (this) {
      forgetOld();
      Known before = known.get(key);
      if (before != null
          && before.digest().equals(digest)
          && (before.reply() != null || isKnown.test(before.taskId()))) {
        return new Found(before.taskId(), false, before.reply());
      }
      String task = begin.get();
      known.remove(key);
      known.put(key, new Known(digest, task, null, clock.nanoTime()));
      return new Found(task, true, null);
    }
  }

  /** Remembers an answer without a task. */
  synchronized void answered(TaskOwner owner, String messageId, A2aMessage reply) {
    known.computeIfPresent(
        new Key(owner, messageId),
        (key, entry) -> new Known(entry.digest(), entry.taskId(), reply, entry.at()));
  }

  /** Forgets a message that had no effect, so that it can be sent again. */
  synchronized void forget(TaskOwner owner, String messageId) {
    known.remove(new Key(owner, messageId));
  }

  private void forgetOld() {
    long now = clock.nanoTime();
    var oldest = known.values().iterator();
    while (oldest.hasNext()) {
      Known next = oldest.next();
      if (known.size() < most && now - next.at() <= windowNanos) {
        return;
      }
      oldest.remove();
    }
  }

  private static String digest(A2aMessage message) {
    try {
      String text = Json.write(A2aJson.writeMessage(message, A2aVersion.V1_0));
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256 comes with every JDK", impossible);
    }
  }
}
