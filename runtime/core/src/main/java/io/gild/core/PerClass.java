package io.gild.core;

import io.gild.config.Experimental;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Facts about classes of the application, each kept by the class itself: they end with the class
 * loader of the application and, when Gild is detached, before it.
 *
 * <p>A plain {@link ClassValue} whose values are Gild's objects would keep a detached Gild in
 * memory for as long as the class lives. Thread-safe.
 *
 * @param <T> type of the facts
 */
@Experimental
public final class PerClass<T> {

  private static final Set<Cell> CELLS = ConcurrentHashMap.newKeySet();
  private static final ReferenceQueue<AtomicReference<@Nullable Object>> UNLOADED =
      new ReferenceQueue<>();

  /** Whether facts are kept. */
  private static volatile boolean keeping = true;

  private final Function<Class<?>, T> factory;

  /** The class holds a cell of the JDK's own type, and only the cell holds objects of Gild's. */
  private final ClassValue<AtomicReference<@Nullable Object>> cells =
      new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable Object> computeValue(Class<?> type) {
          AtomicReference<@Nullable Object> cell = new AtomicReference<>();
          for (Reference<?> collected = UNLOADED.poll();
              collected != null;
              collected = UNLOADED.poll()) {
            CELLS.remove(collected);
          }
          CELLS.add(new Cell(cell, PerClass.this));
          return cell;
        }
      };

  /**
   * Creates the facts of one kind.
   *
   * @param factory finds the facts of a class; never {@code null}
   */
  public PerClass(Function<Class<?>, T> factory) {
    this.factory = factory;
  }

  /**
   * Returns the facts of a class, found at first use.
   *
   * @param type the class
   * @return its facts
   */
  @SuppressWarnings("unchecked") // the cell holds what the factory made
  public T get(Class<?> type) {
    if (!keeping) {
      return factory.apply(type);
    }
    AtomicReference<@Nullable Object> cell = cells.get(type);
    Object known = cell.get();
    if (known == null) {
      Object made = factory.apply(type);
      known = cell.compareAndSet(null, made) ? made : cell.get();
      known = known == null ? made : known;
    }
    return (T) known;
  }

  /** Drops all facts of this kind. */
  public void forget() {
    empty(this);
  }

  /**
   * Begins to keep facts of all kinds, or drops all facts and keeps none from now on.
   *
   * @param keep {@code false} when Gild is detached
   */
  public static void keepAll(boolean keep) {
    keeping = keep;
    if (!keep) {
      empty(null);
    }
  }

  private static void empty(@Nullable PerClass<?> kind) {
    for (Cell known : CELLS) {
      AtomicReference<@Nullable Object> cell = known.get();
      if (cell != null && (kind == null || known.kind == kind)) {
        cell.set(null);
      }
    }
  }

  /** Refers to a cell as long as its class lives. */
  private static final class Cell extends WeakReference<AtomicReference<@Nullable Object>> {

    private final PerClass<?> kind;

    Cell(AtomicReference<@Nullable Object> cell, PerClass<?> kind) {
      super(cell, UNLOADED);
      this.kind = kind;
    }
  }
}
