package io.gild.versions;

import io.gild.config.Experimental;
import io.gild.core.Counts;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.MethodVariant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Two versions of an agent that answer its calls side by side, until it is closed.
 *
 * <p>It begins with a share of zero: all calls are answered by the present version, except those
 * that {@linkplain Versions#use ask for} the new one. Thread-safe.
 */
@Experimental
public final class VersionSplit implements AutoCloseable {

  private final String id;
  private final MethodPattern pattern;
  private final Variant variant;
  private final @Nullable ImplementationSource implementation;
  private final MethodVariant canary;
  private final MethodVariant shadow;
  private final ShadowRunner shadows = new ShadowRunner();
  private final List<ShadowListener> listeners = new CopyOnWriteArrayList<>();
  private final Set<String> methods = ConcurrentHashMap.newKeySet();
  private final Set<String> agents = ConcurrentHashMap.newKeySet();
  private final Set<Counts> canaryCounts = ConcurrentHashMap.newKeySet();
  private final Set<String> problems = ConcurrentHashMap.newKeySet();
  private final LongAdder stableCalls = new LongAdder();
  private final LongAdder canaryCalls = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final AtomicLong runningTrials = new AtomicLong();
  private final Supplier<MethodVariant> trialVariant;
  private final Runnable end;
  private volatile VersionKey key = VersionKey.sessionOrTenant();
  private volatile int share;
  private volatile int shadowShare;
  private volatile boolean closed;
  private volatile @Nullable VersionTrials trials;

  VersionSplit(
      String id,
      MethodPattern pattern,
      Variant variant,
      @Nullable ImplementationSource implementation,
      MethodVariant canary,
      MethodVariant shadow,
      Supplier<MethodVariant> trialVariant,
      Consumer<VersionSplit> end) {
    this.id = id;
    this.pattern = pattern;
    this.variant = variant;
    this.implementation = implementation;
    this.canary = canary;
    this.shadow = shadow;
    this.trialVariant = trialVariant;
    this.end = () -> end.accept(this);
  }

  /**
   * Returns the name of the rollout.
   *
   * @return the name
   */
  public String id() {
    return id;
  }

  /**
   * Returns which methods the rollout is about.
   *
   * @return the pattern
   */
  public MethodPattern pattern() {
    return pattern;
  }

  /**
   * Returns the name of the new version.
   *
   * @return the version
   */
  public String version() {
    return variant.version();
  }

  /**
   * Sets how many calls the new version answers, from now on. Calls with a {@linkplain #key key}
   * that it answered before stay with it while the share grows.
   *
   * @param tenThousandths from 0 for none to 10,000 for all
   * @return this split
   * @throws IllegalArgumentException if the share is out of range
   * @throws VersionException if the split is closed
   */
  public VersionSplit share(int tenThousandths) {
    share = checked("share", tenThousandths);
    return this;
  }

  /**
   * Returns how many calls the new version answers.
   *
   * @return from 0 to 10,000
   */
  public int share() {
    return share;
  }

  /**
   * Sets how many of the calls that the present version answers are made a second time by the new
   * version, whose answers only {@linkplain #onShadow listeners} get.
   *
   * @param tenThousandths from 0 for none to 10,000 for all
   * @return this split
   * @throws IllegalArgumentException if the share is out of range
   * @throws VersionException if the split is closed
   */
  public VersionSplit shadow(int tenThousandths) {
    shadowShare = checked("shadow", tenThousandths);
    return this;
  }

  /**
   * Returns how many of the calls of the present version are made a second time.
   *
   * @return from 0 to 10,000
   */
  public int shadow() {
    return shadowShare;
  }

  /**
   * Sets how many shadows run at once and how many wait; further ones are dropped and counted.
   *
   * @param concurrent how many run at once, at least 1; 4 unless set
   * @param waiting how many wait, at least 0; 64 unless set
   * @return this split
   */
  public VersionSplit shadowLimits(int concurrent, int waiting) {
    if (concurrent < 1 || waiting < 0) {
      throw new IllegalArgumentException(
          "shadowLimits must be >= 1 and >= 0, but are " + concurrent + " and " + waiting);
    }
    shadows.limits(concurrent, waiting);
    return this;
  }

  private int checked(String name, int tenThousandths) {
    if (tenThousandths < 0 || tenThousandths > Buckets.COUNT) {
      throw new IllegalArgumentException(
          name + " must be from 0 to " + Buckets.COUNT + ", but is " + tenThousandths);
    }
    if (closed) {
      throw new VersionException(
          "Rollout \"" + id + "\" is over, because it or its runtime was closed; begin a new one.");
    }
    return tenThousandths;
  }

  /**
   * Sets what keeps a customer or a conversation with one version; {@link
   * VersionKey#sessionOrTenant()} unless set. A change moves calls between the versions.
   *
   * @param value the key
   * @return this split
   */
  public VersionSplit key(VersionKey value) {
    key = value;
    return this;
  }

  /**
   * Returns what keeps a customer or a conversation with one version.
   *
   * @return the key
   */
  public VersionKey key() {
    return key;
  }

  /**
   * Adds a listener to shadows; it is kept until the split is closed.
   *
   * @param listener is notified of each shadow that ran
   * @return this split
   */
  public VersionSplit onShadow(ShadowListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Returns what asks both versions questions that no caller asked. From the first time on, the
   * object of the last call of each method is remembered, but not kept alive.
   *
   * @return the one object of this split
   */
  public synchronized VersionTrials trials() {
    VersionTrials known = trials;
    if (known == null) {
      known = new VersionTrials(trialVariant.get());
      trials = known;
    }
    return known;
  }

  /**
   * Returns the methods that were found so far: a method is found when it is called first.
   *
   * @return names such as {@code com.acme.Desk#answer}
   */
  public Set<String> methods() {
    return Set.copyOf(methods);
  }

  /**
   * Returns why methods stay with their present version.
   *
   * @return sentences; empty if there is no problem
   */
  public Set<String> problems() {
    return Set.copyOf(problems);
  }

  /**
   * Returns what the rollout has done so far.
   *
   * @return a snapshot
   */
  public VersionCounts counts() {
    return new VersionCounts(
        stableCalls.sum(), canaryCalls.sum(), shadows.ran(), shadows.dropped(), skipped.sum());
  }

  /**
   * Returns whether the rollout is over, because it or its runtime was closed.
   *
   * @return {@code true} if the present version answers all calls
   */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Ends the rollout: the present version answers all calls that begin from now on. Running calls
   * end with the version that they began with. Closing twice does no harm.
   */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      share = 0;
      shadowShare = 0;
      shadows.close();
      end.run();
      listeners.clear();
    }
  }

  Variant variant() {
    return variant;
  }

  @Nullable ImplementationSource implementation() {
    return implementation;
  }

  MethodVariant canary() {
    return canary;
  }

  MethodVariant shadowVariant() {
    return shadow;
  }

  /** Returns what asks questions without a caller; null if nothing does. */
  @Nullable VersionTrials knownTrials() {
    return trials;
  }

  /** Returns whether a variant is the present version where it is asked without a caller. */
  boolean isStableTrial(MethodVariant variant) {
    VersionTrials known = trials;
    return known != null && known.stable() == variant;
  }

  /** Returns whether a variant belongs to this split. */
  boolean has(MethodVariant variant) {
    return canary == variant || shadow == variant || isStableTrial(variant);
  }

  ShadowRunner shadows() {
    return shadows;
  }

  void found(MethodSpec method) {
    methods.add(method.className() + "#" + method.methodName());
    agents.add(method.agent());
  }

  /** Returns whether a method of an agent was found. */
  boolean isOf(String agent) {
    return agents.contains(agent);
  }

  /** Remembers the counters of calls of the new version. */
  void running(Counts counts) {
    canaryCounts.add(counts);
  }

  /** Logs once that a method's calls have no key. */
  void logWithoutKey(MethodSpec method) {
    GildLog.infoOnce(
        "Rollout \"%s\", no key: %s of %s#%s, so their version is chosen at random"
            .formatted(
                id,
                key.isNone()
                    ? "the key is none for calls"
                    : "no value for " + key.what() + " in calls",
                method.className(),
                method.methodName()));
  }

  void problem(String sentence) {
    problems.add(sentence);
    GildLog.info(sentence);
  }

  void count(VersionSide side) {
    (side == VersionSide.CANARY ? canaryCalls : stableCalls).increment();
  }

  /**
   * Keeps the versions until {@link #endTrial}: a question without a caller must not be answered as
   * if a caller had asked it.
   */
  void beginTrial() {
    runningTrials.incrementAndGet();
    if (closed) {
      endTrial();
      throw new VersionException("Rollout \"" + id + "\" is over, so its versions are not asked.");
    }
  }

  void endTrial() {
    runningTrials.decrementAndGet();
  }

  /** Returns how many calls of the new version, and questions without a caller, are running. */
  long active() {
    return runningTrials.get() + canaryCounts.stream().mapToLong(Counts::active).sum();
  }

  /** Counts a call without its shadow, and logs the reason once. */
  void skipShadow(String reason) {
    skipped.increment();
    GildLog.infoOnce("Rollout \"" + id + "\" makes no shadow: " + reason);
  }

  void report(ShadowResult result) {
    for (ShadowListener listener : listeners) {
      try {
        listener.compared(result);
      } catch (RuntimeException | LinkageError fault) {
        GildLog.faultOnce("Comparing the versions of " + pattern, fault);
      }
    }
  }

  @Override
  public String toString() {
    return "rollout " + id + " of " + pattern + " to " + variant.version();
  }
}
