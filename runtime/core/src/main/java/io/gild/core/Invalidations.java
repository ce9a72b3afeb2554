package io.gild.core;

import io.gild.config.Experimental;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Drops cached answers that depend on something that has changed, by the tags of their policy.
 *
 * <pre>{@code
 * Invalidations.drop("prices", "customer:" + customer);
 * }</pre>
 *
 * <p>Thread-safe.
 */
@Experimental
public final class Invalidations {

  /** Keeps answers with tags. */
  @Experimental
  @FunctionalInterface
  public interface Listener {

    /**
     * Drops the answers that have one of some tags.
     *
     * @param tags the tags
     */
    void dropped(Set<String> tags);
  }

  private final List<WeakReference<Listener>> listeners = new CopyOnWriteArrayList<>();

  private Invalidations() {}

  /**
   * Returns those of a runtime.
   *
   * @param runtime the runtime
   * @return the one object of the runtime
   */
  public static Invalidations of(RuntimeScope runtime) {
    return runtime.shared(Invalidations.class, same -> new Invalidations());
  }

  /**
   * Drops all cached answers of this application that have one of some tags, also those of an
   * attached javaagent.
   *
   * @param tags the tags, as {@code cache.tags} of a policy makes them
   */
  public static void drop(String... tags) {
    of(GildRuntime.global()).dropAll(Set.copyOf(Arrays.asList(tags)));
    if (!GildRuntime.isReplaced()) {
      Attachment.drop(tags);
    }
  }

  /**
   * Adds a listener until it is no longer referred to.
   *
   * @param listener the listener; held weakly
   */
  public void add(Listener listener) {
    listeners.removeIf(each -> each.get() == null);
    listeners.add(new WeakReference<>(listener));
  }

  /**
   * Drops the answers of this runtime that have one of some tags.
   *
   * @param tags the tags
   */
  public void dropAll(Set<String> tags) {
    for (WeakReference<Listener> each : listeners) {
      Listener listener = each.get();
      if (listener != null) {
        try {
          listener.dropped(tags);
        } catch (RuntimeException | LinkageError fault) {
          GildLog.faultOnce("Dropping cached answers", fault);
        }
      }
    }
  }
}
