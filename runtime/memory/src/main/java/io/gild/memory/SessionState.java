package io.gild.memory;

import io.gild.memory.SessionChange.ValueChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One session in memory. Not thread-safe. */
final class SessionState {

  /** How many ids of removed messages a session remembers, so that they are not appended again. */
  static final int REMEMBERED_IDS = 1_024;

  private final Map<String, SessionMessage> messages = new LinkedHashMap<>();
  private final Set<String> gone = new LinkedHashSet<>();
  private final Map<String, String> values = new TreeMap<>();
  private @Nullable SessionSummary summary;
  private @Nullable Instant expires;
  private long revision;
  private long tokens;
  private long bytes;

  boolean isExpired(Instant now) {
    return expires != null && !now.isBefore(expires);
  }

  /** Estimates how many bytes of the heap the session takes. */
  long bytes() {
    return bytes;
  }

  /** Returns what a change comes to, without doing it; {@code null} if a condition is not met. */
  @Nullable SessionEffect plan(SessionChange change, Instant now) {
    if (!meets(change)) {
      return null;
    }
    Set<String> removed = new LinkedHashSet<>();
    change.removed().stream().filter(messages::containsKey).forEach(removed::add);
    List<SessionMessage> added = unknown(change.appended());
    Map<String, Boolean> pins = pins(change, added);
    int trimmed = trim(change, removed, added, pins);
    Map<String, @Nullable String> newValues =
        change.values().isEmpty() ? Map.of() : new TreeMap<>();
    change.values().forEach(value -> plan(value, newValues));
    SessionEffect effect =
        new SessionEffect(
            revision,
            removed,
            trimmed,
            added,
            pins,
            change.summary(),
            newValues,
            expiry(change.timeToLive(), now));
    return effect.isEmpty() ? effect : withNextRevision(effect);
  }

  private boolean meets(SessionChange change) {
    Long wanted = change.revision();
    Integer number = change.summaryNumber();
    return (wanted == null || wanted == revision)
        && (number == null || number == (summary == null ? 0 : summary.number()))
        && change.values().stream().allMatch(this::meets);
  }

  private boolean meets(ValueChange value) {
    return !value.conditional() || Objects.equals(value.expected(), values.get(value.name()));
  }

  private void plan(ValueChange value, Map<String, @Nullable String> into) {
    if (Objects.equals(value.json(), values.get(value.name()))) {
      into.remove(value.name());
    } else {
      into.put(value.name(), value.json());
    }
  }

  private List<SessionMessage> unknown(List<SessionMessage> appended) {
    List<SessionMessage> unknown = new ArrayList<>(appended.size());
    Set<String> ids = new HashSet<>();
    for (SessionMessage message : appended) {
      String id = message.id();
      if (!messages.containsKey(id) && !gone.contains(id) && ids.add(id)) {
        unknown.add(message);
      }
    }
    return unknown;
  }

  private Map<String, Boolean> pins(SessionChange change, List<SessionMessage> added) {
    if (change.pinned().isEmpty() && change.unpinned().isEmpty()) {
      return Map.of();
    }
    Map<String, Boolean> pins = new HashMap<>();
    List<SessionMessage> all = new ArrayList<>(messages.values());
    all.addAll(added);
    for (SessionMessage message : all) {
      String id = message.id();
      boolean wanted = change.pinned().contains(id);
      if (message.pinned() != wanted && (wanted || change.unpinned().contains(id))) {
        pins.put(id, wanted);
      }
    }
    return pins;
  }

  /** Adds to the removed ids those that exceed the limits; returns how many. */
  private int trim(
      SessionChange change,
      Set<String> removed,
      List<SessionMessage> added,
      Map<String, Boolean> pins) {
    SessionLimits limits = change.limits();
    int count = messages.size() - removed.size() + added.size();
    long size = tokens + SessionTurns.tokens(added);
    for (String id : removed) {
      size -= Objects.requireNonNull(messages.get(id)).tokens();
    }
    if (limits.hold(count, size)) {
      return 0;
    }
    TurnTrimmer trimmer = new TurnTrimmer(limits, 1, count, size);
    boolean more = true;
    Iterator<SessionMessage> old = messages.values().iterator();
    while (more && old.hasNext()) {
      SessionMessage each = old.next();
      more = removed.contains(each.id()) || trimmer.offer(pinned(each, pins));
    }
    Iterator<SessionMessage> fresh = added.iterator();
    while (more && fresh.hasNext()) {
      more = trimmer.offer(pinned(fresh.next(), pins));
    }
    trimmer.excess().forEach(each -> removed.add(each.id()));
    return trimmer.excess().size();
  }

  private static SessionMessage pinned(SessionMessage message, Map<String, Boolean> pins) {
    return message.pinned(pins.getOrDefault(message.id(), message.pinned()));
  }

  private @Nullable Instant expiry(@Nullable Duration timeToLive, Instant now) {
    return timeToLive == null ? expires : now.plus(timeToLive);
  }

  private static SessionEffect withNextRevision(SessionEffect effect) {
    return new SessionEffect(
        effect.revision() + 1,
        effect.gone(),
        effect.trimmed(),
        effect.added(),
        effect.pins(),
        effect.summary(),
        effect.values(),
        effect.expires());
  }

  /** Does what was planned, or read. */
  void accept(SessionEffect effect) {
    effect.added().forEach(this::add);
    effect.pins().forEach(this::pin);
    effect.gone().forEach(this::remove);
    effect.values().forEach(this::set);
    if (effect.summary() != null) {
      bytes += size(effect.summary()) - size(summary);
      summary = effect.summary();
    }
    revision = effect.revision();
    expires = effect.expires();
    forgetOldIds();
  }

  private void add(SessionMessage message) {
    messages.put(message.id(), message);
    tokens += message.tokens();
    bytes += HeapSize.of(message);
  }

  private void pin(String id, boolean value) {
    messages.computeIfPresent(id, (same, message) -> message.pinned(value));
  }

  private void remove(String id) {
    SessionMessage removed = messages.remove(id);
    if (removed != null) {
      tokens -= removed.tokens();
      bytes -= HeapSize.of(removed);
    }
    gone.add(id);
  }

  private void set(String name, @Nullable String json) {
    String old = json == null ? values.remove(name) : values.put(name, json);
    bytes += HeapSize.of(json) - HeapSize.of(old);
  }

  private static long size(@Nullable SessionSummary summary) {
    return summary == null ? 0 : HeapSize.of(summary.text());
  }

  private void forgetOldIds() {
    Iterator<String> oldest = gone.iterator();
    for (int excess = gone.size() - REMEMBERED_IDS; excess > 0; excess--) {
      oldest.next();
      oldest.remove();
    }
  }

  SessionOutcome outcome(@Nullable SessionEffect effect) {
    return effect == null
        ? new SessionOutcome(false, revision, 0, 0, messages.size(), tokens)
        : new SessionOutcome(
            true, revision, effect.added().size(), effect.trimmed(), messages.size(), tokens);
  }

  SessionSnapshot snapshot(SessionKey key) {
    return new SessionSnapshot(
        key, revision, List.copyOf(messages.values()), summary, values, expires);
  }

  /** Returns all of the session as one effect on an empty one. */
  SessionEffect whole() {
    return new SessionEffect(
        revision,
        List.copyOf(gone),
        0,
        List.copyOf(messages.values()),
        Map.of(),
        summary,
        new TreeMap<String, @Nullable String>(values),
        expires);
  }

  Collection<String> ids() {
    return messages.keySet();
  }
}
