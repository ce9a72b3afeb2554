package io.gild.synchronizers.spi;

import io.gild.config.Experimental;
import java.util.LinkedHashSet;
import java.util.Set;

/** One change of a state: the time at which it happens, and what it did. Not thread-safe. */
@Experimental
public final class Step {

  private final LeaseTime time;
  private final Set<String> woken = new LinkedHashSet<>();
  private boolean changed;

  /**
   * Begins a change.
   *
   * @param time when it happens
   */
  public Step(LeaseTime time) {
    this.time = time;
  }

  LeaseTime time() {
    return time;
  }

  /** Returns when a lease ends that begins now. */
  long end(long lease) {
    return time.latest() + lease;
  }

  /** Returns whether a lease has ended for certain. */
  boolean isOver(long end) {
    return end < time.earliest();
  }

  void change() {
    changed = true;
  }

  /** Records who should ask again; an empty text for all. */
  void wake(String id) {
    woken.add(id);
  }

  /**
   * Returns whether the state must be written.
   *
   * @return {@code true} if it changed
   */
  public boolean isChanged() {
    return changed;
  }

  /**
   * Returns which callers should ask again.
   *
   * @return their ids; an empty text for all
   */
  public Set<String> woken() {
    return woken;
  }
}
