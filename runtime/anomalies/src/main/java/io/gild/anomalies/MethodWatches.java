package io.gild.anomalies;

import io.gild.core.MethodSpec;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The watches of the methods of one application; they live as long as it does. Thread-safe. */
final class MethodWatches {

  private record Key(String agent, String method, String version) {}

  private final Anomalies anomalies;
  private final Map<Key, MethodWatch> byMethod = new ConcurrentHashMap<>();

  MethodWatches(Anomalies anomalies) {
    this.anomalies = anomalies;
  }

  /** Returns the watch of a method; {@code null} if too many methods are watched already. */
  @Nullable MethodWatch of(MethodSpec method, AnomalyPolicy policy) {
    Key key = new Key(method.agent(), method.methodName(), method.version());
    MethodWatch known = byMethod.get(key);
    if (known != null && known.policy().equals(policy)) {
      return known;
    }
    if (known == null && !anomalies.hasRoom()) {
      return null;
    }
    MethodWatch made = new MethodWatch(method, policy, anomalies.nanoTime());
    byMethod.put(key, made);
    return made;
  }

  Collection<MethodWatch> all() {
    return byMethod.values();
  }
}
