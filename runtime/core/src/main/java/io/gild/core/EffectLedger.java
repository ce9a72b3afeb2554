package io.gild.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The side effects that happened within one call, so that a further attempt is given their results
 * again.
 *
 * <p>Two equal effects in one attempt are two effects: results are replayed in the order in which
 * they happened.
 */
final class EffectLedger {

  /** An effect is known by its method and arguments. */
  record Key(String method, List<@Nullable Object> arguments) {}

  /** A result that an earlier attempt had. */
  record Replay(@Nullable Object result) {}

  private final Map<Key, List<Replay>> results = new HashMap<>();
  private final Map<Key, Integer> cursors = new HashMap<>();
  private int attempt;

  synchronized @Nullable Replay next(Key key, int currentAttempt) {
    if (attempt != currentAttempt) {
      attempt = currentAttempt;
      cursors.clear();
    }
    List<Replay> known = results.get(key);
    int cursor = cursors.getOrDefault(key, 0);
    if (known == null || cursor >= known.size()) {
      return null;
    }
    cursors.put(key, cursor + 1);
    return known.get(cursor);
  }

  synchronized void add(Key key, @Nullable Object result) {
    results.computeIfAbsent(key, absent -> new ArrayList<>(1)).add(new Replay(result));
    cursors.merge(key, 1, Integer::sum);
  }
}
