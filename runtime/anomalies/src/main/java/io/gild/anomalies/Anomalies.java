package io.gild.anomalies;

import io.gild.config.Experimental;
import io.gild.core.Events;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.Clock;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What is unusual about the agents of a runtime.
 *
 * <p>Calls leave a sample each; once a second they are judged on the runtime's own thread. Each
 * change is published as {@link AnomalyRaised} or {@link AnomalyEnded} and logged as one line.
 * Thread-safe.
 */
@Experimental
public final class Anomalies implements AutoCloseable {

  private static final int RING = 16_384;
  private static final int MOST_METHODS = 2_000;

  private final Clock clock;
  private final Events events;
  private final SampleRing ring = new SampleRing(RING);
  private final List<WeakReference<MethodWatches>> applications = new CopyOnWriteArrayList<>();
  private final ScheduledFuture<?> ticks;
  private final AutoCloseable controls;

  private final MethodWatch.Reporter reporter =
      new MethodWatch.Reporter() {
        @Override
        public void raised(MethodSpec method, AnomalyFlag flag) {
          GildLog.info("Unusual: " + name(flag) + ". " + flag.words());
          Events.Channel<AnomalyRaised> channel = events.channel(AnomalyRaised.class);
          if (channel.hasSubscribers()) {
            channel.publish(new AnomalyRaised(method, flag));
          }
        }

        @Override
        public void ended(MethodSpec method, AnomalyFlag flag, boolean adopted) {
          GildLog.info(
              (adopted ? "The new level counts as usual: " : "Usual again: ") + name(flag) + ".");
          Events.Channel<AnomalyEnded> channel = events.channel(AnomalyEnded.class);
          if (channel.hasSubscribers()) {
            channel.publish(new AnomalyEnded(method, flag, adopted));
          }
        }
      };

  private Anomalies(RuntimeScope runtime) {
    this.clock = runtime.clock();
    this.events = runtime.events();
    this.controls = runtime.controls().add(new AnomalyControls(this));
    this.ticks = runtime.scheduler().scheduleWithFixedDelay(this::judge, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Returns what is known of the agents of a runtime.
   *
   * @param runtime the runtime
   * @return the one object of that runtime
   */
  public static Anomalies of(RuntimeScope runtime) {
    return runtime.shared(Anomalies.class, Anomalies::new);
  }

  /**
   * Returns the flags that have not ended.
   *
   * @return a snapshot, the oldest first
   */
  public List<AnomalyFlag> flags() {
    List<AnomalyFlag> flags = new ArrayList<>();
    for (MethodWatch watch : watches()) {
      flags.addAll(watch.flags().values());
    }
    flags.sort(Comparator.comparing(AnomalyFlag::since));
    return List.copyOf(flags);
  }

  /** Returns all that is watched in applications that are alive. */
  List<MethodWatch> watches() {
    return applications.stream()
        .map(WeakReference::get)
        .filter(Objects::nonNull)
        .flatMap(each -> each.all().stream())
        .toList();
  }

  /** Judges the calls so far. Gild does so every second; tests with a clock of their own do it. */
  public synchronized void judge() {
    long now = clock.nanoTime();
    Instant time = clock.now();
    try {
      ring.drain((watch, kind, seconds, usd, tokens) ->
          watch.accept(kind, seconds, usd, tokens, now, time, reporter));
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Watching for anomalies", fault);
    }
    applications.removeIf(each -> each.get() == null);
  }

  SampleRing ring() {
    return ring;
  }

  /** Makes the watches of an application, which alone keeps them alive. */
  MethodWatches watches(RuntimeScope runtime) {
    MethodWatches made = new MethodWatches(this);
    applications.add(new WeakReference<>(made));
    return made;
  }

  boolean hasRoom() {
    if (watches().size() < MOST_METHODS) {
      return true;
    }
    GildLog.infoOnce(
        "Further methods are not watched for anomalies: " + MOST_METHODS + " are already.");
    return false;
  }

  long nanoTime() {
    return clock.nanoTime();
  }

  private static String name(AnomalyFlag flag) {
    String version = flag.version().isEmpty() ? "" : ", version " + flag.version();
    return flag.signal().key() + " of " + flag.agent() + " (" + flag.method() + version + ")";
  }

  /** Ends watching. */
  @Override
  public void close() {
    try {
      controls.close();
    } catch (Exception fault) {
      GildLog.faultOnce("Removing the controls of anomalies", fault);
    }
    ticks.cancel(false);
  }
}
