package io.gild.console;

import io.gild.config.Mode;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people can look at and operate in a JVM. It keeps no part of an application: each reading
 * begins at the runtime, and what it found is replaced by the next one. Thread-safe.
 */
final class ControlTable {

  /** How long a reading serves; people see no difference, and a thousand agents have many. */
  private static final long FRESH_NANOS = 1_000_000_000;

  private static final String MODE = "mode";
  static final String ROLLOUT = "rollout";
  private static final String ANOMALY = "anomaly";

  /** What one reading found. */
  record Reading(
      List<Map<String, @Nullable Object>> controls,
      List<Map<String, @Nullable Object>> rollouts,
      List<Map<String, @Nullable Object>> flags,
      Map<String, AgentControls> byAgent) {}

  private final GildRuntime runtime;
  private final String jvm;
  private final boolean actions;
  private @Nullable Reading known;
  private long knownSince;

  ControlTable(GildRuntime runtime, String jvm, boolean actions) {
    this.runtime = runtime;
    this.jvm = jvm;
    this.actions = actions;
  }

  synchronized Reading read() {
    long now = System.nanoTime();
    Reading present = known;
    if (present == null || now - knownSince > FRESH_NANOS) {
      present = readNow();
      known = present;
      knownSince = now;
    }
    return present;
  }

  private Reading readNow() {
    Map<String, Control> all = new LinkedHashMap<>();
    List<Control> everything = new ArrayList<>(); // agents may share a budget
    visit((key, control, owner) -> {
      all.putIfAbsent(key, control);
      everything.add(control);
    });
    List<Map<String, @Nullable Object>> controls = new ArrayList<>();
    List<Map<String, @Nullable Object>> rollouts = new ArrayList<>();
    List<Map<String, @Nullable Object>> flags = new ArrayList<>();
    controls.add(mode());
    all.forEach((key, control) -> {
      switch (control.kind()) {
        case ROLLOUT -> rollouts.add(ControlJson.named(jvm, "id", control));
        case ANOMALY -> flags.add(ControlJson.named(jvm, "name", control));
        default -> controls.add(ControlJson.row(jvm, key, control, actions));
      }
    });
    return new Reading(controls, rollouts, flags, AgentControlsReader.of(everything));
  }

  private interface Visitor {
    void visit(String key, Control control, Controllable owner);
  }

  private void visit(Visitor visitor) {
    for (GovernedMethod method : runtime.methods()) {
      visit(visitor, method.controllables(), method.application().number());
    }
    visit(visitor, runtime.controls().all(), 1);
  }

  private void visit(Visitor visitor, Collection<Controllable> owners, int application) {
    for (Controllable owner : owners) {
      for (Control control : controls(owner)) {
        visitor.visit(key(control, application), control, owner);
      }
    }
  }

  /** Returns the controls of a part, or none if it fails. */
  static List<Control> controls(Controllable owner) {
    try {
      return owner.controls();
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("The controls of " + owner.getClass().getSimpleName(), fault);
      return List.of();
    }
  }

  private String key(Control control, int application) {
    return jvm
        + "/"
        + control.kind()
        + "/"
        + control.name()
        + (application == 1 ? "" : "@" + application);
  }

  private Map<String, @Nullable Object> mode() {
    Mode mode = runtime.mode();
    Control control =
        new Control(
            MODE,
            MODE,
            "",
            "",
            word(mode),
            mode == Mode.ENFORCE ? "policies act" : "policies only watch",
            Map.of(),
            List.of(word(mode == Mode.ENFORCE ? Mode.OBSERVE : Mode.ENFORCE)));
    return ControlJson.row(jvm, jvm + "/" + MODE + "/" + MODE, control, actions);
  }

  static String word(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  /** What an action is done to. */
  interface Target {
    String operate();
  }

  /**
   * Finds what an action is about, without doing it.
   *
   * @throws Query.BadRequest if there is no such control or action
   */
  Target target(String key, String action) {
    if (key.equals(jvm + "/" + MODE + "/" + MODE)) {
      Mode wanted = mode(action);
      return () -> {
        runtime.chooseMode(wanted);
        changed();
        return "The mode is " + word(wanted) + " until the settings change or the JVM ends.";
      };
    }
    List<Target> found = new ArrayList<>();
    visit((each, control, owner) -> {
      if (each.equals(key) && found.isEmpty()) {
        require(control, action);
        found.add(() -> {
          String words = owner.operate(control, action);
          changed();
          return words;
        });
      }
    });
    if (found.isEmpty()) {
      throw new Query.BadRequest(
          "there is no control \""
              + key
              + "\"; it may have ended. /v1/state lists those there are");
    }
    return found.get(0);
  }

  private static Mode mode(String action) {
    for (Mode mode : Mode.values()) {
      if (word(mode).equals(action)) {
        return mode;
      }
    }
    throw new Query.BadRequest("the mode must be observe or enforce, but is \"" + action + "\"");
  }

  private static void require(Control control, String action) {
    if (!control.actions().contains(action)) {
      throw new Query.BadRequest(
          "the "
              + control.kind()
              + " "
              + control.name()
              + " cannot \""
              + action
              + "\"; it can "
              + (control.actions().isEmpty() ? "do nothing now" : control.actions()));
    }
  }

  private synchronized void changed() {
    known = null;
  }
}
