package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Policies;
import io.gild.config.Settings;
import io.gild.config.Usage;
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
  private final @Nullable MethodVariant variant;
  private final Counts counts;
  private final RetryLayers retryLayers;
  private final Clock clock;
  final ResultShape shape;
  private volatile @Nullable Boolean synchronizedMethod;

  /** Set before the method is used. */
  private String presentVersion;

  MethodScope(
      RuntimeScope runtime,
      Application application,
      MethodSpec spec,
      MethodTotals totals,
      @Nullable MethodVariant variant) {
    this.runtime = runtime;
    this.application = application;
    this.spec = spec;
    this.variant = variant;
    this.counts = totals.counts();
    this.retryLayers = totals.retryLayers();
    this.clock = runtime.clock();
    this.presentVersion = spec.version();
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
   * Returns the new version that the method is a part of.
   *
   * @return the variant, or {@code null} for a method of the present version
   */
  public @Nullable MethodVariant variant() {
    return variant;
  }

  /**
   * Returns the version of the method that a new version stands in for. Methods that are found
   * inside of its calls belong to the present version, too.
   *
   * @return the present version; that of the method itself if it has no variant
   */
  public String presentVersion() {
    return presentVersion;
  }

  void standsInFor(MethodScope present) {
    presentVersion = present.presentVersion();
  }

  /**
   * Returns the version as meters name it.
   *
   * @return the version, {@code none} without one, with {@code -shadow} at its end if its calls are
   *     made for a comparison only
   */
  public String versionTag() {
    String name = spec.version().isEmpty() ? "none" : spec.version();
    return variant != null && variant.isShadow() ? name + "-shadow" : name;
  }

  /**
   * Returns the settings in effect for the method.
   *
   * @return those of its variant, or else those of the runtime
   */
  public Settings settings() {
    return live().settings();
  }

  /**
   * Returns the price of a usage by the settings of the method.
   *
   * @param model name of the model as its provider reports it
   * @param usage tokens
   * @return billionths of a US dollar, or -1 if the model has no known price
   */
  public long price(String model, Usage usage) {
    return live().price(new PricedRequest(null, model, null, clock().now()), usage);
  }

  /** Returns the price of a usage, or -1 if it is unknown. */
  long price(PricedRequest request, Usage usage) {
    return live().price(request, usage);
  }

  /** Returns a cost by the kinds of tokens, in the order of {@link CostKind}. */
  long[] costByKind(PricedRequest request, Usage usage, long nanoUsd) {
    return live().costByKind(request, usage, nanoUsd);
  }

  LiveSettings live() {
    LiveSettings own = variant == null ? null : variant.live();
    return own == null ? runtime.live() : own;
  }

  /** Returns what running the method does to the world. */
  Effect effect() {
    if (variant == null || !variant.isShadow()) {
      return live().effect(spec);
    }
    return live().effectInAnyMode(spec) == Effect.NONE ? Effect.NONE : Effect.SIDE_EFFECT;
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

  /**
   * Returns whether the method is {@code synchronized}, so that no other thread can run it
   * meanwhile.
   *
   * @param self the object
   * @return whether a call holds the object's monitor
   */
  public boolean isSynchronized(Object self) {
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
