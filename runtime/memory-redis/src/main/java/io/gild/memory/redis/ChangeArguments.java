package io.gild.memory.redis;

import io.gild.config.Json;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionChange.ValueChange;
import io.gild.memory.SessionJson;
import io.gild.memory.SessionLimits;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arguments of the script {@code change.lua}. */
final class ChangeArguments {

  /** About 3,000 years, so that Redis' expiry does not overflow. */
  private static final long LONGEST_TIME_TO_LIVE = 100_000_000_000_000L;

  private final List<String> arguments = new ArrayList<>();

  private ChangeArguments() {}

  /**
   * Returns the arguments.
   *
   * @param listed whether the index has the session for sure
   */
  static List<String> of(SessionChange change, boolean listed) {
    ChangeArguments all = new ChangeArguments();
    all.add(listed ? 1 : 0).add(change.revision()).add(change.summaryNumber());
    SessionLimits limits = change.limits();
    all.add(limits.messages()).add(limits.tokens());
    all.add(millis(change.timeToLive())).addSummary(change.summary());
    all.addAll(change.removed());
    all.add(change.appended().size());
    change.appended().forEach(all::addMessage);
    all.add(change.pinned().size() + change.unpinned().size());
    change.pinned().forEach(id -> all.add(id).add(1));
    change.unpinned().forEach(id -> all.add(id).add(0));
    all.add(change.values().size());
    change.values().forEach(all::addValue);
    return all.arguments;
  }

  private static @Nullable Long millis(@Nullable Duration timeToLive) {
    if (timeToLive == null) {
      return null;
    }
    boolean isLong = timeToLive.compareTo(Duration.ofMillis(LONGEST_TIME_TO_LIVE)) > 0;
    return isLong ? LONGEST_TIME_TO_LIVE : Math.max(1, timeToLive.toMillis());
  }

  private ChangeArguments add(@Nullable Object value) {
    arguments.add(value == null ? "" : value.toString());
    return this;
  }

  private void addAll(Collection<String> values) {
    add(values.size());
    arguments.addAll(values);
  }

  private void addSummary(@Nullable SessionSummary summary) {
    add(summary == null ? null : Json.write(SessionJson.of(summary)));
    add(summary == null ? null : summary.number());
  }

  private void addMessage(SessionMessage message) {
    Map<String, Object> body = SessionJson.of(message.pinned(false));
    add(message.id()).add(header(message)).add(Json.write(body));
  }

  private static String header(SessionMessage message) {
    String role =
        switch (message.role()) {
          case SYSTEM -> "s";
          case USER -> "u";
          case ASSISTANT -> "a";
          case TOOL -> "t";
        };
    return role + (message.pinned() ? 1 : 0) + message.tokens();
  }

  /** Returns whether the header of a message has it pinned. */
  static boolean isPinned(String header) {
    return header.charAt(1) == '1';
  }

  private void addValue(ValueChange value) {
    add(value.name()).add(value.conditional() ? 1 : 0);
    add(json(value.expected())).add(json(value.json()));
  }

  private static @Nullable String json(@Nullable String json) {
    return json == null ? null : "=" + json;
  }
}
