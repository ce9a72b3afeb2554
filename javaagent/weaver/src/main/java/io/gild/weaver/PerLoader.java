package io.gild.weaver;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * State for the classes of each loader, because names are only unique in a loader. A value must not
 * reference its loader. Thread-safe.
 */
final class PerLoader<V> {

  private final Map<Object, V> values = new HashMap<>();
  private final ReferenceQueue<ClassLoader> unloaded = new ReferenceQueue<>();
  private final Supplier<V> maker;
  private final @Nullable Consumer<V> whenUnloaded;

  PerLoader(Supplier<V> maker) {
    this.maker = maker;
    this.whenUnloaded = null;
  }

  PerLoader(Supplier<V> maker, Consumer<V> whenUnloaded) {
    this.maker = maker;
    this.whenUnloaded = whenUnloaded;
  }

  /** Returns the state of a loader's classes; {@code null} is the JVM's own loader. */
  synchronized V of(@Nullable ClassLoader loader) {
    for (Reference<?> cleared = unloaded.poll(); cleared != null; cleared = unloaded.poll()) {
      V value = values.remove(cleared);
      if (value != null && whenUnloaded != null) {
        whenUnloaded.accept(value);
      }
    }
    Key key = new Key(loader, unloaded);
    V known = values.get(key);
    if (known == null) {
      known = maker.get();
      values.put(key, known);
    }
    return known;
  }

  private static final class Key extends WeakReference<@Nullable ClassLoader> {

    private final int hash;
    private final boolean boot;

    Key(@Nullable ClassLoader loader, ReferenceQueue<ClassLoader> queue) {
      super(loader, queue);
      this.hash = System.identityHashCode(loader);
      this.boot = loader == null;
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other || !(other instanceof Key that)) {
        return this == other;
      }
      ClassLoader loader = get();
      return boot ? that.boot : loader != null && loader == that.get();
    }
  }
}
