package io.gild.versions;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import io.gild.core.MethodVariant;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks both versions of an agent questions that no caller asked, such as golden tasks.
 *
 * <p>The agent's method is called on the object that the application itself used last, through the
 * whole pipeline of the version that is asked, but as a shadow: without side effects, caches,
 * budgets, limits and memory. Such calls count neither as calls of a version nor as calls of
 * callers. The object is not kept alive. Thread-safe.
 */
@Experimental
public final class VersionTrials {

  private final MethodVariant stable;
  private final Map<String, WeakReference<MethodSplit>> called = new ConcurrentHashMap<>();

  VersionTrials(MethodVariant stable) {
    this.stable = stable;
  }

  /** Returns what the present version's calls for trials have in common. */
  MethodVariant stable() {
    return stable;
  }

  /** Remembers the object of a caller's call. */
  void called(MethodSplit split, @Nullable Object self) {
    if (split.calledOn(self)) {
      MethodSpec spec = split.present().spec();
      called.put(
          spec.className() + "#" + spec.methodName() + spec.descriptor(),
          new WeakReference<>(split));
    }
  }

  /**
   * Returns the methods that can be asked now: those that callers have called since the trials
   * began, and whose object still exists.
   *
   * @return the methods by class and name; empty if there is none yet, or no longer
   */
  public List<TrialMethod> methods() {
    List<TrialMethod> methods = new ArrayList<>();
    for (WeakReference<MethodSplit> each : called.values()) {
      MethodSplit split = each.get();
      TrialMethod method = split == null ? null : split.trial();
      if (method != null) {
        methods.add(method);
      }
    }
    methods.sort(
        Comparator.comparing(each -> each.spec().className() + "#" + each.spec().methodName()));
    return methods;
  }

  /**
   * Returns why methods that were called cannot be asked.
   *
   * @return sentences; empty if there is no problem
   */
  public List<String> problems() {
    TreeSet<String> problems = new TreeSet<>();
    for (WeakReference<MethodSplit> each : called.values()) {
      MethodSplit split = each.get();
      String problem = split == null ? null : split.trialProblem();
      if (problem != null) {
        problems.add(problem);
      }
    }
    return List.copyOf(problems);
  }
}
