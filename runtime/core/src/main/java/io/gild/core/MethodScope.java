package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Policies;
import io.gild.core.spi.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The view of a governed method for calls and stages: its description, policies and counters, its
 * runtime and application. Thread-safe.
 */
@Experimental
public abstract class MethodScope {

  private final RuntimeScope runtime;
  private final Application application;
  private final MethodSpec spec;
  private final Counts counts;
  private final RetryLayers retryLayers;
  private final Clock clock;
  final ResultShape shape;
  private volatile @Nullable Boolean synchronizedMethod;

  MethodScope(RuntimeScope runtime, Application application, MethodSpec spec, MethodTotals totals) {
    this.runtime = runtime;
    this.application = application;
    this.spec = spec;
    this.counts = totals.counts();
    this.retryLayers = totals.retryLayers();
    this.clock = runtime.clock();
    this.shape = ResultShape.of(spec.descriptor());
  }

  /**
   * Returns the method's description.
   *
   * @return the spec
   */
  public MethodSpec spec() {
    return spec;
  }

  /**
   * Returns the policies in effect.
   *
   * @return the policies
   */
  public abstract Policies policies();

  /**
   * Returns the method's counters.
   *
   * @return the counters
   */
  public Counts counts() {
    return counts;
  }

  /**
   * Returns the attempts of each layer around a model in the method's outermost calls.
   *
   * @return the layers
   */
  public RetryLayers retryLayers() {
    return retryLayers;
  }

  /**
   * Returns the runtime that governs the method.
   *
   * @return the runtime
   */
  public RuntimeScope runtime() {
    return runtime;
  }

  /**
   * Returns the application that the method is a part of.
   *
   * @return the application
   */
  public Application application() {
    return application;
  }

  Clock clock() {
    return clock;
  }

  /**
   * Returns whether an attempt has to stay on the caller's thread, as that of a {@code
   * synchronized} method does: no other thread could run it while the caller holds the monitor, and
   * the method would wait for a lock that its own caller holds. Locks other than the object's
   * monitor cannot be known.
   */
  boolean keepsThread(@Nullable Object self) {
    if (self == null || shape == ResultShape.FUTURE) {
      return false;
    }
    boolean held = Thread.holdsLock(self);
    if (!held && !isSynchronized(self)) {
      return false;
    }
    GildLog.infoOnce(
        spec.className()
            + "#"
            + spec.methodName()
            + (held ? " is called by a holder of its object's monitor" : " is synchronized")
            + ": its attempts stay on the caller's thread, and no time limit bounds them.");
    return true;
  }

  private boolean isSynchronized(Object self) {
    Boolean known = synchronizedMethod;
    if (known == null) {
      known = MethodModifiers.isSynchronized(self.getClass(), spec);
      synchronizedMethod = known;
    }
    return known;
  }

  /** Returns whether calls outlast the return of the method. */
  boolean outlasts() {
    return shape == ResultShape.FUTURE || shape == ResultShape.STREAM;
  }
}
