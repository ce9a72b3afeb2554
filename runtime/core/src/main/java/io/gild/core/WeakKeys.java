package io.gild.core;

import io.gild.config.Experimental;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A map from objects that it does not keep alive, by their identity; thread-safe. The entry of an
 * object is removed after the object was collected.
 *
 * <p>A value must not refer to its key, or to other objects of the application, because it would
 * keep them alive. A value refers to a call by its {@link CallReference}.
 *
 * @param <V> the type of the values
 */
@Experimental
public final class WeakKeys<V> {

  private final ConcurrentMap<Object, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> dead = new ReferenceQueue<>();

  /** Creates an empty map. */
  public WeakKeys() {}

  /**
   * Returns a value.
   *
   * @param key the object
   * @return its value; {@code null} if it has none
   */
  public @Nullable V get(Object key) {
    forgetDead();
    return values.isEmpty() ? null : values.get(new Probe(key));
  }

  /**
   * Gives an object a value.
   *
   * @param key the object
   * @param value its value from now on
   */
  public void put(Object key, V value) {
    forgetDead();
    values.put(new Key(key, dead), value);
  }

  /**
   * Gives an object a value unless it has one.
   *
   * @param key the object
   * @param value its value, if it has none
   * @return the value that it has; {@code null} if it had none
   */
  public @Nullable V putIfAbsent(Object key, V value) {
    forgetDead();
    return values.putIfAbsent(new Key(key, dead), value);
  }

  /**
   * Reports whether there is no entry.
   *
   * @return whether it is empty
   */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /**
   * Removes an entry.
   *
   * @param key the object
   * @return the value that it had; {@code null} if it had none
   */
  public @Nullable V remove(Object key) {
    forgetDead();
    return values.isEmpty() ? null : values.remove(new Probe(key));
  }

  private void forgetDead() {
    for (Reference<?> collected = dead.poll(); collected != null; collected = dead.poll()) {
      values.remove(collected);
    }
  }

  /**
   * Returns the number of entries.
   *
   * @return zero or more, including objects that were collected since the last use
   */
  public int size() {
    return values.size();
  }

  /** Returns the values of all objects that are alive. */
  Collection<V> values() {
    forgetDead();
    return List.copyOf(values.values());
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

  /** A key for lookups. */
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
