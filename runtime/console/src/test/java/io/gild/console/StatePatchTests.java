package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatePatchTests {

  private static Map<String, @Nullable Object> state(long time, Object... agents) {
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("time", time);
    state.put("agents", Map.of("rows", List.of(agents)));
    state.put("controls", List.of());
    state.put("rollouts", List.of());
    state.put("flags", List.of());
    state.put("jvms", List.of());
    return state;
  }

  @Test
  void hasOnlyRowsThatChanged() {
    Map<String, Object> a = Map.of("key", "1/a", "calls", 1);
    Map<String, Object> b = Map.of("key", "1/b", "calls", 1);
    Map<String, Object> changed = Map.of("key", "1/b", "calls", 2);
    assertThat(StatePatch.of(state(1, a, b), state(2, a, changed)))
        .containsEntry("agents", Map.of("changed", List.of(changed), "removed", List.of()))
        .containsOnlyKeys("time", "agents");
  }

  @Test
  void namesRowsThatAreGone() {
    Map<String, Object> a = Map.of("key", "1/a");
    assertThat(StatePatch.of(state(1, a), state(2)))
        .containsEntry("agents", Map.of("changed", List.of(), "removed", List.of("1/a")));
  }

  @Test
  void isAbsentIfOnlyTimePassed() {
    assertThat(StatePatch.of(state(1), state(2))).isNull();
  }
}
