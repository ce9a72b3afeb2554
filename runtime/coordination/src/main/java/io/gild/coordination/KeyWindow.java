package io.gild.coordination;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Keys of the last while, and of the newest ones alone if there are many. Not thread-safe. */
final class KeyWindow {

  private final Duration window;
  private final int most;
  private final Map<String, Instant> keys = new LinkedHashMap<>();

  KeyWindow(Duration window, int most) {
    this.window = window;
    this.most = most;
  }

  boolean contains(String key, Instant now) {
    Instant at = keys.get(key);
    return at != null && at.plus(window).isAfter(now);
  }

  void add(String key, Instant at) {
    keys.remove(key); // its place is that of the newest
    keys.put(key, at);
    Iterator<Instant> oldest = keys.values().iterator();
    while (oldest.hasNext()) {
      boolean isOld = !oldest.next().plus(window).isAfter(at);
      if (!isOld && keys.size() <= most) {
        return;
      }
      oldest.remove();
    }
  }

  void remove(String key) {
    keys.remove(key);
  }

  void forEach(BiConsumer<String, Instant> action) {
    keys.forEach(action);
  }
}
