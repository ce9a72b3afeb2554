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
import java.util.Objects;
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

  /** A journal as it was read; the record is {@code null} if it has none or is broken. */
  private record Seen(
      RolloutFolder.Stamp stamp, @Nullable RolloutRecord record, @Nullable Control broken) {

    boolean isShown() {
      return record != null || broken != null;
    }

    boolean isEnded() {
      return record != null && record.state().isFinal();
    }

    Instant decided() {
      return record == null ? Instant.MAX : record.events().get(record.events().size() - 1).at();
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
    List<String> newestFirst = new ArrayList<>();
    present.forEach((name, each) -> {
      if (each.isShown()) {
        newestFirst.add(name);
      }
    });
    Comparator<String> oldestFirst = Comparator.comparing(name -> seen(name).decided());
    newestFirst.sort(oldestFirst.reversed().thenComparing(Comparator.naturalOrder()));
    return shown(newestFirst);
  }

  private Seen seen(String name) {
    Seen known = seen.get(name);
    if (known == null) {
      throw new IllegalStateException(name + " was not read");
    }
    return known;
  }

  private Seen read(String name, @Nullable Seen before) {
    RolloutFolder.Stamp stamp = null;
    try {
      stamp = folder.stamp(name);
      if (before != null && stamp.equals(before.stamp)) {
        return before;
      }
      RolloutHistory history = folder.read(name);
      return new Seen(stamp, history.isEmpty() ? null : history.toRecord(), null);
    } catch (RuntimeException broken) { // the other rollouts are shown
      return new Seen(
          stamp == null ? RolloutFolder.Stamp.NONE : stamp,
          null,
          RolloutControl.unreadable(name, broken));
    }
  }

  private List<Control> shown(List<String> newestFirst) {
    List<Control> shown = new ArrayList<>();
    int ended = 0;
    for (String name : newestFirst) {
      Seen each = seen(name);
      ended += each.isEnded() ? 1 : 0;
      if (!each.isEnded() || ended <= MOST_ENDED) {
        shown.add(control(each));
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

  private Control control(Seen each) {
    if (each.broken != null) {
      return each.broken;
    }
    RolloutRecord record = Objects.requireNonNull(each.record);
    if (!each.isEnded() && record.problem().isEmpty() && folder.owner(record.name()) == null) {
      return RolloutControl.of(
          record,
          record.agent(),
          "no process controls it now; gild rollout start "
              + record.name()
              + " or the application goes on");
    }
    return RolloutControl.of(record, record.agent());
  }

  @Override
  public String operate(Control control, String action) {
    throw RolloutControl.refused();
  }
}
