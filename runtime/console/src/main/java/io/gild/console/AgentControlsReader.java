package io.gild.console;

import io.gild.core.spi.Control;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sums up controls by agent. */
final class AgentControlsReader {

  private static final Set<String> NOT_UNDER_WAY = Set.of("promoted", "rolled back", "unreadable");

  private int closed;
  private int open;
  private int halfOpen;
  private double used = -1;
  private @Nullable Map<String, @Nullable Object> budget;
  private @Nullable String rollout;
  private int flags;

  private AgentControlsReader() {}

  static Map<String, AgentControls> of(Collection<Control> controls) {
    Map<String, AgentControlsReader> readers = new HashMap<>();
    for (Control control : controls) {
      if (!control.agent().isEmpty()) {
        readers.computeIfAbsent(control.agent(), absent -> new AgentControlsReader()).add(control);
      }
    }
    Map<String, AgentControls> all = new HashMap<>();
    readers.forEach((agent, reader) -> all.put(agent, reader.result()));
    return all;
  }

  private void add(Control control) {
    switch (control.kind()) {
      case "circuitbreaker" -> addBreaker(control.state());
      case "budget" -> addBudget(control.facts());
      case "rollout" -> rollout = isUnderWay(control) ? control.name() : rollout;
      case "anomaly" -> flags++;
      default -> {
        // Other kinds have no column of their own.
      }
    }
  }

  /** Returns whether a rollout has neither ended nor is broken; a paused one waits for a person. */
  static boolean isUnderWay(Control rollout) {
    return !NOT_UNDER_WAY.contains(rollout.state());
  }

  private void addBreaker(String state) {
    switch (state) {
      case "closed" -> closed++;
      case "half-open" -> halfOpen++;
      default -> open++;
    }
  }

  private void addBudget(Map<String, ? extends @Nullable Object> facts) {
    if (facts.get("usedShare") instanceof Number share && share.doubleValue() > used) {
      used = share.doubleValue();
      Map<String, @Nullable Object> most = new LinkedHashMap<>();
      for (String key : new String[] {"usedShare", "limitUsd", "spentUsd", "period"}) {
        most.put(key, facts.get(key));
      }
      budget = most;
    }
  }

  private AgentControls result() {
    return new AgentControls(closed, open, halfOpen, budget, rollout, flags);
  }
}
