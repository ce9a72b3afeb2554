package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.Controllable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What people can look at and operate beside the policies of methods, such as rollouts. Reading
 * them costs calls nothing. Thread-safe.
 */
@Experimental
public final class Controls {

  private final List<Controllable> all = new CopyOnWriteArrayList<>();

  Controls() {}

  /**
   * Adds an object.
   *
   * @param object has controls
   * @return removes it; closing it twice does no harm
   */
  public AutoCloseable add(Controllable object) {
    all.add(object);
    return () -> all.remove(object);
  }

  /**
   * Returns what was added and not removed.
   *
   * @return a snapshot
   */
  public List<Controllable> all() {
    return List.copyOf(all);
  }
}
