package io.gild.operations;

import io.gild.config.Settings;
import io.gild.core.CallEnded;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import io.gild.judging.Assessment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rollouts of this JVM and its control endpoint, from the settings that are in effect: one that
 * is changed there ends as it is now, one that is removed ends.
 */
final class JvmRollouts implements AutoCloseable, Controllable {

  private final GildRuntime runtime;
  private final Map<String, JvmRollout> rollouts = new LinkedHashMap<>();
  private final ScheduledExecutorService thread;
  private @Nullable ControlServer server;
  private @Nullable AutoCloseable calls;
  private @Nullable AutoCloseable controls;
  private @Nullable Map<String, RolloutSettings> seen;
  private @Nullable RolloutDefaults seenDefaults;

  private JvmRollouts(GildRuntime runtime) {
    this.runtime = runtime;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(work -> {
          Thread made = new Thread(null, work, "gild-rollouts", 0, false);
          made.setDaemon(true);
          return made;
        });
  }

  /** Returns whether the settings ask for anything here. */
  static boolean isWanted(Settings settings) {
    return settings.get(ControlSettings.SECTION).port() != null
        || settings.get(RolloutSettings.SECTION).values().stream().anyMatch(JvmRollouts::isHere);
  }

  private static boolean isHere(RolloutSettings settings) {
    return RolloutSettings.JVM.equals(settings.engine());
  }

  static JvmRollouts start(GildRuntime runtime) {
    JvmRollouts started = new JvmRollouts(runtime);
    started.startServer();
    started.controls = runtime.controls().add(started);
    long every = runtime.settings().get(RolloutDefaults.SECTION).interval().toMillis();
    started.thread.scheduleWithFixedDelay(
        started::tick, 0, Math.max(1, every), TimeUnit.MILLISECONDS);
    return started;
  }

  private void startServer() {
    Settings settings = runtime.settings();
    ControlSettings control = settings.get(ControlSettings.SECTION);
    Integer port = control.port();
    if (port == null) {
      return;
    }
    RecentCalls recent = new RecentCalls(control.recentCalls());
    ControlRoutes routes =
        new ControlRoutes(recent, new Rollouts(Rollouts.folder(settings)), this::assessment);
    try {
      ControlServer started = ControlServer.start(control, port, settings.data(), routes);
      server = started;
      calls = runtime.events().subscribe(CallEnded.class, recent::add);
      GildLog.info("The control endpoint is " + started.url() + ".");
    } catch (IOException taken) {
      GildLog.info(
          "The control endpoint cannot listen on port " + port + ": " + taken.getMessage());
    }
  }

  private synchronized @Nullable Assessment assessment(String name) {
    JvmRollout rollout = rollouts.get(name);
    return rollout == null ? null : rollout.assessment();
  }

  private synchronized void tick() {
    try {
      readSettings();
      rollouts.values().forEach(JvmRollout::tick);
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("The rollouts of this JVM", fault);
    }
  }

  private void readSettings() {
    Settings settings = runtime.settings();
    Map<String, RolloutSettings> present = settings.get(RolloutSettings.SECTION);
    RolloutDefaults defaults = settings.get(RolloutDefaults.SECTION);
    if (present.equals(seen) && defaults.equals(seenDefaults)) {
      return;
    }
    seen = present;
    seenDefaults = defaults;
    rollouts
        .values()
        .removeIf(known -> {
          boolean same =
              known.plan().settings().equals(present.get(known.plan().name()))
                  && known.plan().defaults().equals(defaults);
          if (!same) {
            known.close();
          }
          return !same;
        });
    present.forEach((name, each) -> {
      if (isHere(each) && !rollouts.containsKey(name)) {
        RolloutPlan plan = new RolloutPlan(RolloutFolder.requireName(name), each, defaults);
        rollouts.put(name, new JvmRollout(plan, settings, runtime));
      }
    });
  }

  @Override
  public List<Control> controls() {
    Map<String, RolloutSettings> present;
    synchronized (this) {
      present = new LinkedHashMap<>();
      rollouts.forEach((name, rollout) -> present.put(name, rollout.plan().settings()));
    }
    Rollouts records = new Rollouts(Rollouts.folder(runtime.settings()));
    List<Control> all = new ArrayList<>();
    present.forEach((name, settings) -> {
      try {
        RolloutRecord record = records.find(name);
        if (record != null) {
          all.add(RolloutControl.of(record, RolloutControl.agent(settings)));
        }
      } catch (RuntimeException broken) { // the other rollouts are shown
        all.add(RolloutControl.unreadable(name, broken));
      }
    });
    return all;
  }

  @Override
  public String operate(Control control, String action) {
    throw RolloutControl.refused();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    synchronized (this) {
      rollouts.values().forEach(JvmRollout::close);
      rollouts.clear();
    }
    try {
      if (calls != null) {
        calls.close();
      }
      if (controls != null) {
        controls.close();
      }
    } catch (Exception fault) {
      GildLog.faultOnce("Closing the control endpoint", fault);
    }
    if (server != null) {
      server.close();
    }
  }
}
