package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.WeakKeys;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known of outermost calls, for as long as they live; thread-safe. */
final class Talks<T> {

  private final WeakKeys<T> talks = new WeakKeys<>();
  private final Supplier<T> maker;

  Talks(Supplier<T> maker) {
    this.maker = maker;
  }

  /** Returns the outermost call around one; itself if there is none. */
  static AgentCall outermost(AgentCall call) {
    AgentCall outermost = call;
    for (AgentCall around = call.parent(); around != null; around = around.parent()) {
      outermost = around;
    }
    return outermost;
  }

  /** Returns what is known of an object, which may begin with it. */
  synchronized T of(Object key) {
    T talk = talks.get(key);
    if (talk == null) {
      talk = maker.get();
      talks.put(key, talk);
    }
    return talk;
  }

  @Nullable T known(Object key) {
    return talks.get(key);
  }
}
