package io.gild.versions;

import io.gild.config.Experimental;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodVariant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The new versions that answer a part of the calls of a runtime's agents.
 *
 * <pre>{@code
 * VersionSplit split =
 *     Versions.of(GildRuntime.global())
 *         .split("support-2", "support", Variant.named("2.0").implementation("com.acme.Desk2"))
 *         .share(500); // five percent
 * ...
 * split.close();
 * }</pre>
 *
 * <p>While there is no split, calls cost what they cost without this module. Closing the runtime
 * closes its splits. Thread-safe.
 */
@Experimental
public final class Versions implements AutoCloseable {

  private final GildRuntime runtime;
  private final Splits splits = new Splits();
  private final SplitChoice choice;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean closed;

  private Versions(GildRuntime runtime) {
    this.runtime = runtime;
    this.choice = new SplitChoice(runtime, splits, this::forgetIfFree);
  }

  /**
   * Returns the versions of a runtime.
   *
   * @param runtime the runtime that governs the agents
   * @return the one object of that runtime
   */
  public static Versions of(GildRuntime runtime) {
    return runtime.shared(Versions.class, same -> new Versions(runtime));
  }

  /**
   * Makes this thread ask for a side, in all rollouts and calls until the scope is closed. A call
   * inside of another one is answered by the side of the outer call.
   *
   * @param side the side
   * @return ends that when it is closed
   */
  public static VersionScope use(VersionSide side) {
    return new VersionScope(VersionOverride.set(side));
  }

  /**
   * Runs something that asks for a side.
   *
   * @param side the side
   * @param work what to run
   * @param <T> type of its result
   * @return what it returned
   */
  public static <T extends @Nullable Object> T with(VersionSide side, Supplier<T> work) {
    VersionScope scope = use(side);
    try {
      return work.get();
    } finally {
      scope.close();
    }
  }

  /**
   * Begins a rollout with a share of zero. The new version is made at once for the methods that
   * were called already, and for others at their first call; where it cannot be made then, the
   * present version stays, which is logged and listed in {@link VersionSplit#problems}.
   *
   * @param id name of the rollout, a part of what divides customers between the versions
   * @param methods name of an agent, or a pattern such as {@code com.acme.Desk#answer}
   * @param variant the new version
   * @return the rollout, until it is closed
   * @throws VersionException if the new version cannot answer, or another rollout is about the same
   *     methods; nothing has changed then
   */
  public VersionSplit split(String id, String methods, Variant variant) {
    if (id.isBlank()) {
      throw new IllegalArgumentException("id must be the name of a rollout, but is blank");
    }
    MethodPattern pattern = new MethodPattern(methods);
    VersionSplit split;
    int found;
    lock.lock();
    try {
      requireFree(id, pattern);
      split = make(id, pattern, variant);
      found = makeMethods(split);
      splits.add(split);
      runtime.chooseVersions(choice);
    } finally {
      lock.unlock();
    }
    log(split, variant, found);
    return split;
  }

  /**
   * Returns the rollouts that are not closed.
   *
   * @return a snapshot
   */
  public List<VersionSplit> splits() {
    return splits.open();
  }

  private void requireFree(String id, MethodPattern pattern) {
    if (closed) {
      throw new VersionException(
          "Rollout \"" + id + "\" cannot begin, because its runtime is closed.");
    }
    for (VersionSplit other : splits.open()) {
      if (other.id().equals(id)) {
        throw new VersionException(
            "Rollout \"" + id + "\" runs already; close it first, or choose another name.");
      }
      String shared = shared(other.pattern(), pattern);
      if (shared != null) {
        throw new VersionException(
            "Rollout \"%s\" is about %s, which rollout \"%s\" is about already; close that one first."
                .formatted(id, shared, other.id()));
      }
    }
  }

  /** Returns a method that both patterns match, or the pattern itself; null if there is none. */
  private @Nullable String shared(MethodPattern one, MethodPattern other) {
    if (one.equals(other)) {
      return one.text();
    }
    for (GovernedMethod method : runtime.methods()) {
      if (one.matches(method.spec()) && other.matches(method.spec())) {
        return method.spec().className() + "#" + method.spec().methodName();
      }
    }
    return null;
  }

  private VersionSplit make(String id, MethodPattern pattern, Variant variant) {
    MethodVariant canary = runtime.newVariant(variant.version(), false, variant.settings());
    MethodVariant shadow = runtime.newVariant(variant.version(), true, variant.settings());
    return new VersionSplit(
        id,
        pattern,
        variant.withoutImplementation(),
        source(variant.implementation()),
        canary,
        shadow,
        () -> runtime.newVariant("present", true, null),
        this::end);
  }

  private @Nullable ImplementationSource source(@Nullable Object implementation) {
    if (implementation instanceof Supplier<?> supplier) {
      return ImplementationSource.of(supplier, runtime.application(supplier.getClass()));
    }
    return implementation == null
        ? null
        : ImplementationSource.ofClass(String.valueOf(implementation));
  }

  /** Makes the methods that are known already; returns how many. */
  private int makeMethods(VersionSplit split) {
    int found = 0;
    try {
      for (GovernedMethod method : runtime.methods()) {
        if (split.pattern().matches(method.spec())) {
          MethodSplits.make(split, runtime, method);
          found++;
        }
      }
    } catch (VersionException problem) {
      forget(split);
      throw problem;
    }
    return found;
  }

  private static void log(VersionSplit split, Variant variant, int found) {
    String about = "Rollout \"" + split.id() + "\" of " + split.pattern();
    if (variant.isEmpty()) {
      GildLog.info(
          about
              + ": version "
              + split.version()
              + " differs from the present one in nothing but its name.");
    }
    if (found == 0) {
      GildLog.info(
          about
              + " has found no method yet: agents are found at their first call. If this agent was"
              + " called already, check the name.");
    }
    if (GildRuntime.isAttached()) {
      GildLog.infoOnce(
          "Rollouts of the application's own runtime have no effect while a javaagent is attached,"
              + " whose runtime governs the calls.");
    }
  }

  private void end(VersionSplit split) {
    lock.lock();
    try {
      splits.end(split);
      forgetEnded();
    } finally {
      lock.unlock();
    }
  }

  private void forgetIfFree() {
    if (lock.tryLock()) {
      try {
        forgetEnded();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Forgets the splits that are over and whose last call has ended. */
  private void forgetEnded() {
    for (VersionSplit split : splits.ending()) {
      if (split.active() == 0) {
        splits.forget(split);
        forget(split);
      }
    }
    if (splits.open().isEmpty() && splits.ending().isEmpty()) {
      runtime.chooseVersions(null);
    }
  }

  private void forget(VersionSplit split) {
    for (GovernedMethod method : runtime.methods()) {
      MethodSplits.remove(split, method);
    }
    runtime.forget(split.canary());
    runtime.forget(split.shadowVariant());
    VersionTrials trials = split.knownTrials();
    if (trials != null) {
      runtime.forget(trials.stable());
    }
    ImplementationSource source = split.implementation();
    if (source != null) {
      source.release();
    }
  }

  /** Closes all rollouts; the runtime does when it is closed. */
  @Override
  public void close() {
    closed = true;
    splits.open().forEach(VersionSplit::close);
  }
}
