package io.gild.versions;

import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The methods of one application that have two versions; the application owns them. */
final class MethodSplits {

  private final Map<VersionSplit, Map<GovernedMethod, Found>> bySplit = new ConcurrentHashMap<>();

  /** What was found for a method; null within it if the present version answers all its calls. */
  private record Found(@Nullable MethodSplit split) {

    static final Found NONE = new Found(null);
  }

  private static MethodSplits of(GovernedMethod method) {
    return method.application().shared(MethodSplits.class, runtime -> new MethodSplits());
  }

  /** Returns both versions of a method; null if there is only one. */
  static @Nullable MethodSplit find(Splits splits, GildRuntime runtime, GovernedMethod method) {
    MethodSplits known = of(method);
    for (VersionSplit split : splits.open()) {
      MethodSplit found = known.found(split, runtime, method).split();
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * Makes both versions of a method.
   *
   * @throws VersionException if the new one cannot answer
   */
  static void make(VersionSplit split, GildRuntime runtime, GovernedMethod method) {
    MethodSplit made = new MethodSplit(split, runtime, method);
    split.found(method.spec());
    of(method).methods(split).put(method, new Found(made));
  }

  /** Removes all methods of a split from the application of a method. */
  static void remove(VersionSplit split, GovernedMethod method) {
    of(method).bySplit.remove(split);
  }

  private Map<GovernedMethod, Found> methods(VersionSplit split) {
    return bySplit.computeIfAbsent(split, absent -> new ConcurrentHashMap<>());
  }

  private Found found(VersionSplit split, GildRuntime runtime, GovernedMethod method) {
    Map<GovernedMethod, Found> methods = methods(split);
    Found known = methods.get(method);
    if (known != null) {
      return known;
    }
    // The present version answers meanwhile: a constructor of the new one may take its time, and
    // may itself call the method.
    if (methods.putIfAbsent(method, Found.NONE) != null
        || !split.pattern().matches(method.spec())) {
      return Found.NONE;
    }
    try {
      Found made = new Found(new MethodSplit(split, runtime, method));
      split.found(method.spec());
      methods.put(method, made);
      return made;
    } catch (VersionException problem) {
      split.problem(String.valueOf(problem.getMessage()));
      return Found.NONE;
    }
  }
}
