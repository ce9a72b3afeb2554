package io.gild.console;

import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Controls of a data folder, which belong to no JVM, such as rollouts of other processes. They
 * cannot be operated. Thread-safe if the parts are.
 */
final class FolderControls {

  /** Stands for the JVM of what belongs to none. */
  private static final String NO_JVM = "";

  private final List<Controllable> parts;

  FolderControls(List<? extends Controllable> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Adds the controls to a merged state. Of a rollout, what a running JVM reports wins, then what
   * the folder has, then the last state of a JVM that ended. An agent of a running JVM that has no
   * rollout gets the newest one that is under way.
   *
   * @param jvms the JVMs of the state
   * @param agents its rows of agents, which are replaced where they change
   * @param controls its controls
   * @param rollouts its rollouts
   */
  void addTo(
      List<Map<String, @Nullable Object>> jvms,
      List<Map<String, @Nullable Object>> agents,
      List<Map<String, @Nullable Object>> controls,
      List<Map<String, @Nullable Object>> rollouts) {
    Set<@Nullable Object> running = reachable(jvms);
    Set<Object> reported = idsOf(running, rollouts);
    Map<String, Map<String, @Nullable Object>> added = new LinkedHashMap<>();
    Map<String, String> byAgent = new HashMap<>();
    for (Controllable part : parts) {
      for (Control control : ControlTable.controls(part)) {
        String key = "folder/" + control.kind() + "/" + control.name();
        controls.add(ControlJson.row(NO_JVM, key, control, false));
        if (control.kind().equals(ControlTable.ROLLOUT) && !reported.contains(control.name())) {
          added.putIfAbsent(control.name(), ControlJson.named(NO_JVM, "id", control));
          if (!control.agent().isEmpty() && AgentControlsReader.isUnderWay(control)) {
            byAgent.putIfAbsent(control.agent(), control.name());
          }
        }
      }
    }
    rollouts.removeIf(rollout -> added.containsKey(String.valueOf(rollout.get("id"))));
    rollouts.addAll(added.values());
    fill(agents, running, byAgent);
  }

  private static Set<@Nullable Object> reachable(List<Map<String, @Nullable Object>> jvms) {
    Set<@Nullable Object> reachable = new HashSet<>();
    for (Map<String, @Nullable Object> jvm : jvms) {
      if (!Boolean.FALSE.equals(jvm.get("reachable"))) {
        reachable.add(jvm.get("jvm"));
      }
    }
    return reachable;
  }

  private static Set<Object> idsOf(
      Set<@Nullable Object> jvms, List<Map<String, @Nullable Object>> rollouts) {
    Set<Object> ids = new HashSet<>();
    for (Map<String, @Nullable Object> rollout : rollouts) {
      if (jvms.contains(rollout.get("jvm"))) {
        ids.add(String.valueOf(rollout.get("id")));
      }
    }
    return ids;
  }

  private static void fill(
      List<Map<String, @Nullable Object>> agents,
      Set<@Nullable Object> jvms,
      Map<String, String> byAgent) {
    for (int i = 0; i < agents.size(); i++) {
      Map<String, @Nullable Object> agent = agents.get(i);
      String rollout = byAgent.get(String.valueOf(agent.get("agent")));
      if (rollout != null && agent.get("rollout") == null && jvms.contains(agent.get("jvm"))) {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>(agent);
        filled.put("rollout", rollout);
        agents.set(i, filled);
      }
    }
  }
}
