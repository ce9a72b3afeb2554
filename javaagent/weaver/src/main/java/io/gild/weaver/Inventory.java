package io.gild.weaver;

import io.gild.core.GildLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The methods to weave, and the woven ones; thread-safe. When it runs, it logs one line, unless the
 * line is the same as before.
 */
public final class Inventory implements Runnable {

  private final boolean verbose;
  private final List<TargetRule> rules;
  private final Map<String, Boolean> agents = new TreeMap<>();
  private final Set<String> libraryMethods = new TreeSet<>();
  private final Set<String> failedClasses = new TreeSet<>();
  private final Set<String> wovenClasses = new TreeSet<>();
  private boolean reported;

  /**
   * Creates an empty inventory.
   *
   * @param verbose whether each woven class is logged
   * @param rules methods that are named without an annotation
   */
  public Inventory(boolean verbose, List<TargetRule> rules) {
    this.verbose = verbose;
    this.rules = List.copyOf(rules);
  }

  synchronized void woven(String className, List<Target> targets) {
    wovenClasses.add(className);
    for (Target target : targets) {
      switch (target.place()) {
        case AGENT -> agents.put(target.key(className), true);
        case LIBRARY -> libraryMethods.add(target.key(className));
        case UNREPORTED -> {
          // Every application has these.
        }
      }
    }
    if (verbose) {
      List<String> methods = targets.stream().map(Target::name).distinct().toList();
      GildLog.info("woven " + className + "#" + String.join(", #", methods));
    }
  }

  /** Adds the keys of an interface's methods, which are governed without being woven. */
  synchronized void proxied(List<String> keys) {
    for (String key : keys) {
      agents.put(key, true);
    }
  }

  synchronized void failed(String className, List<Target> targets, Throwable fault) {
    for (Target target : targets) {
      if (target.place() == Target.Place.AGENT) {
        agents.putIfAbsent(target.key(className), false);
      }
    }
    if (failedClasses.add(className)) {
      GildLog.info("cannot weave " + className + ", it stays as it is: " + fault);
    }
  }

  /** Returns the names of the classes with woven code. */
  public synchronized Set<String> wovenClasses() {
    return Set.copyOf(wovenClasses);
  }

  /** Returns the names of the model libraries' classes with woven code. */
  public synchronized Set<String> libraryClasses() {
    Set<String> classes = new TreeSet<>();
    for (String key : libraryMethods) {
      classes.add(key.substring(0, key.indexOf('#')));
    }
    return classes;
  }

  /** Returns the line {@code declared 3, woven 2}, and what is missing. */
  synchronized String line() {
    List<TargetRule> unmatched = new ArrayList<>();
    for (TargetRule rule : rules) {
      if (agents.keySet().stream().noneMatch(key -> isOf(rule, key))) {
        unmatched.add(rule);
      }
    }
    StringBuilder line = new StringBuilder();
    String libraries = libraryMethods.size() + " places in model libraries";
    if (agents.isEmpty() && unmatched.isEmpty()) {
      line.append("woven ").append(libraries);
      line.append("; no agent is annotated, or named in gild.yaml");
    } else {
      long woven = agents.values().stream().filter(done -> done).count();
      line.append("declared ").append(agents.size() + unmatched.size());
      line.append(", woven ").append(woven);
      line.append(libraryMethods.isEmpty() ? "" : ", and " + libraries);
    }
    if (!failedClasses.isEmpty()) {
      line.append("; not woven: ").append(String.join(", ", failedClasses));
    }
    for (TargetRule rule : unmatched) {
      line.append("; never seen: ").append(rule);
    }
    return line.toString();
  }

  private static boolean isOf(TargetRule rule, String key) {
    int hash = key.indexOf('#');
    return rule.matches(key.substring(0, hash), key.substring(hash + 1, key.indexOf('(')));
  }

  @Override
  public void run() {
    synchronized (this) {
      boolean idle = rules.isEmpty() && wovenClasses.isEmpty() && failedClasses.isEmpty();
      if (reported || idle && !verbose) {
        return;
      }
      reported = true;
    }
    GildLog.info(line());
  }
}
