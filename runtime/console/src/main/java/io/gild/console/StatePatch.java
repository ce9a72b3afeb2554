package io.gild.console;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The difference of two states. */
final class StatePatch {

  private StatePatch() {}

  /** Returns what changed, or {@code null} if nothing did but the time. */
  static @Nullable Map<String, @Nullable Object> of(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> now) {
    Map<String, @Nullable Object> patch = new LinkedHashMap<>();
    patch.put("time", now.get("time"));
    putRows(patch, "agents", rows(agents(before)), rows(agents(now)));
    putRows(patch, "controls", rows(before.get("controls")), rows(now.get("controls")));
    for (String whole : new String[] {"rollouts", "flags", "jvms"}) {
      if (!Objects.equals(before.get(whole), now.get(whole))) {
        patch.put(whole, now.get(whole));
      }
    }
    return patch.size() == 1 ? null : patch;
  }

  private static @Nullable Object agents(Map<String, @Nullable Object> state) {
    return state.get("agents") instanceof Map<?, ?> agents ? agents.get("rows") : null;
  }

  private static Map<Object, Map<?, ?>> rows(@Nullable Object list) {
    Map<Object, Map<?, ?>> rows = new LinkedHashMap<>();
    if (list instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Map<?, ?> row && row.get("key") != null) {
          rows.put(Objects.requireNonNull(row.get("key")), row);
        }
      }
    }
    return rows;
  }

  private static void putRows(
      Map<String, @Nullable Object> patch,
      String name,
      Map<Object, Map<?, ?>> before,
      Map<Object, Map<?, ?>> now) {
    List<Map<?, ?>> changed = new ArrayList<>();
    now.forEach((key, row) -> {
      Map<?, ?> known = before.get(key);
      if (known != row && !row.equals(known)) { // mostly the same object
        changed.add(row);
      }
    });
    Set<Object> removed = new HashSet<>(before.keySet());
    removed.removeAll(now.keySet());
    if (!changed.isEmpty() || !removed.isEmpty()) {
      Map<String, Object> rows = new LinkedHashMap<>();
      rows.put("changed", changed);
      rows.put("removed", List.copyOf(removed));
      patch.put(name, rows);
    }
  }
}
