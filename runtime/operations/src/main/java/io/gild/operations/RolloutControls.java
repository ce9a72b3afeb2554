package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.core.spi.Clock;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All rollouts of a data folder, also those of other processes, as consoles show them: the newest
 * decision first. They have no actions. Journals are read at most once a second, and only those
 * that changed. Thread-safe.
 */
@Experimental
public final class RolloutControls implements Controllable {

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_ENDED = 20;

  /** A journal as it was read; of a rollout that never started, the control is {@code null}. */
  private record Seen(
      RolloutFolder.Stamp stamp, @Nullable Control control, Instant decided, boolean ended) {

    static Seen of(RolloutFolder.Stamp stamp, RolloutHistory history) {
      if (history.isEmpty()) {
        return new Seen(stamp, null, Instant.MIN, true);
      }
      RolloutRecord record = history.toRecord();
      return new Seen(
          stamp,
          RolloutControl.of(record, record.agent()),
          history.last().at(),
          record.state().isFinal());
    }

    /** A broken one stands first, as it needs a person. */
    static Seen broken(RolloutFolder.Stamp stamp, Control control) {
      return new Seen(stamp, control, Instant.MAX, false);
    }
  }

  private final RolloutFolder folder;
  private final Clock clock;
  private Map<String, Seen> seen = new HashMap<>();
  private @Nullable List<Control> known;
  private long knownSince;

  RolloutControls(Path folder, Clock clock) {
    this.folder = new RolloutFolder(folder);
    this.clock = clock;
  }

  /**
   * Shows the rollouts of a data folder.
   *
   * @param settings the settings, which name the data folder; it need not exist
   * @return the controls
   */
  public static RolloutControls of(Settings settings) {
    return new RolloutControls(Rollouts.folder(settings), Clock.SYSTEM);
  }

  /**
   * Returns the rollouts that are under way and the newest of those that ended. One that cannot be
   * read is {@code unreadable}, with the reason. If there are more, the last control, of kind
   * {@code rollouts}, has their number.
   *
   * @return the controls, the newest decision first
   * @throws java.io.UncheckedIOException if the folder cannot be listed
   */
  @Override
  public synchronized List<Control> controls() {
    long now = clock.nanoTime();
    List<Control> present = known;
    if (present == null || now - knownSince >= FRESH_NANOS) {
      present = read();
      known = present;
      knownSince = now;
    }
    return present;
  }

  private List<Control> read() {
    Map<String, Seen> present = new HashMap<>();
    folder.names().forEach(name -> present.put(name, read(name, seen.get(name))));
    seen = present;
    return shown(
        present.values().stream().sorted(Comparator.comparing(Seen::decided).reversed()).toList());
  }

  private Seen read(String name, @Nullable Seen before) {
    RolloutFolder.Stamp stamp = RolloutFolder.Stamp.NONE;
    try {
      stamp = folder.stamp(name);
      return before != null && stamp.equals(before.stamp)
          ? before
          : Seen.of(stamp, folder.read(name));
    } catch (RuntimeException broken) { // the other rollouts are shown
      return Seen.broken(stamp, RolloutControl.unreadable(name, broken));
    }
  }

  private List<Control> shown(List<Seen> newestFirst) {
    List<Control> shown = new ArrayList<>();
    int ended = 0;
    for (Seen each : newestFirst) {
      Control control = each.control;
      if (control == null) {
        continue;
      }
      ended += each.ended ? 1 : 0;
      if (!each.ended) {
        shown.add(withController(control));
      } else if (ended <= MOST_ENDED) {
        shown.add(control);
      }
    }
    if (ended > MOST_ENDED) {
      shown.add(
          new Control(
              "rollouts",
              "ended",
              "",
              "",
              MOST_ENDED + " of " + ended + " shown",
              "the newest ones are shown; gild rollout status has all",
              Map.of(),
              List.of()));
    }
    return List.copyOf(shown);
  }

  /** Adds that no process controls a rollout, unless something worse is known. */
  private Control withController(Control control) {
    return control.facts().isEmpty()
            || control.facts().containsKey(RolloutControl.PROBLEM)
            || folder.owner(control.name()) != null
        ? control
        : RolloutControl.withoutController(control);
  }

  @Override
  public String operate(Control control, String action) {
    throw RolloutControl.refused();
  }
}
