package io.gild.weaver;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of objects of others, for as long as they live; thread-safe. Two keys are the same
 * only if they are one object.
 *
 * <p>A value must not reach its key, or anything else of the application, on any way: it would keep
 * what it belongs to. A call is known by its {@link io.gild.core.CallReference}.
 */
final class WeakKeys<V> {

  private final ConcurrentMap<Object, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> dead = new ReferenceQueue<>();

  @Nullable V get(Object key) {
    forgetDead();
    return values.isEmpty() ? null : values.get(new Probe(key));
  }

  void put(Object key, V value) {
    forgetDead();
    values.put(new Key(key, dead), value);
  }

  /** Returns the value that the key has, or else gives it this one and returns {@code null}. */
  @Nullable V putIfAbsent(Object key, V value) {
    forgetDead();
    return values.putIfAbsent(new Key(key, dead), value);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  @Nullable V remove(Object key) {
    forgetDead();
    return values.isEmpty() ? null : values.remove(new Probe(key));
  }

  private void forgetDead() {
    for (Reference<?> gone = dead.poll(); gone != null; gone = dead.poll()) {
      values.remove(gone);
    }
  }

  int size() {
    return values.size();
  }

  /** A key that does not keep its object alive. */
  private static final class Key extends WeakReference<Object> {

    private final int hash;

    Key(Object key, ReferenceQueue<Object> dead) {
      super(key, dead);
      this.hash = System.identityHashCode(key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object key = get();
      return key != null && (other instanceof Key that ? that.get() == key : isProbed(other, key));
    }

    private static boolean isProbed(@Nullable Object other, Object key) {
      return other instanceof Probe probe && probe.key() == key;
    }
  }

  /** What a key is looked up with. */
  private record Probe(Object key) {

    @Override
    public int hashCode() {
      return System.identityHashCode(key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Probe probe ? probe.key == key : other != null && other.equals(this);
    }
  }
}
