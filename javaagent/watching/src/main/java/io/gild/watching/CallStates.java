package io.gild.watching;

import io.gild.core.AgentCall;
import io.gild.core.WeakKeys;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** State of outermost calls, kept for as long as they live; thread-safe. */
final class CallStates<T> {

  private final WeakKeys<T> states = new WeakKeys<>();
  private final Supplier<T> maker;

  CallStates(Supplier<T> maker) {
    this.maker = maker;
  }

  /** Returns the outermost call around a call; the call itself if there is none. */
  static AgentCall outermost(AgentCall call) {
    AgentCall outermost = call;
    for (AgentCall around = call.parent(); around != null; around = around.parent()) {
      outermost = around;
    }
    return outermost;
  }

  /** Returns the state of an object; creates it if necessary. */
  synchronized T of(Object key) {
    T state = states.get(key);
    if (state == null) {
      state = maker.get();
      states.put(key, state);
    }
    return state;
  }

  @Nullable T known(Object key) {
    return states.get(key);
  }
}
