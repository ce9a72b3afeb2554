package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.CallListener;
import java.util.ArrayList;
import java.util.List;

/** The listeners of a runtime; thread-safe. */
@Experimental
public final class CallListeners {

  private volatile CallListener[] all;

  CallListeners(List<CallListener> first) {
    all = first.toArray(CallListener[]::new);
  }

  /**
   * Adds a listener.
   *
   * @param listener is notified of all calls from now on
   */
  public synchronized void add(CallListener listener) {
    List<CallListener> more = new ArrayList<>(List.of(all));
    more.add(listener);
    all = more.toArray(CallListener[]::new);
  }

  /**
   * Removes a listener; calls that end at this moment may still notify it.
   *
   * @param listener a listener; one that was not added is ignored
   */
  public synchronized void remove(CallListener listener) {
    List<CallListener> rest = new ArrayList<>(List.of(all));
    rest.remove(listener);
    all = rest.toArray(CallListener[]::new);
  }

  CallListener[] all() {
    return all;
  }
}
