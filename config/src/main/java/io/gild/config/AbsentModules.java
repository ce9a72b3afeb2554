package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds settings that have no effect, because the module of Gild that uses them is absent. */
final class AbsentModules {

  /** The beginning of a path that is a kind of policy. */
  static final String POLICY = "policy.";

  private AbsentModules() {}

  /** Returns the absent modules by the paths of the settings that they would use. */
  private static Map<String, String> byPath() {
    PolicyTree modules = Shipped.modules();
    Map<String, String> absent = new LinkedHashMap<>();
    for (String module : modules.keys()) {
      if (!SettingsModules.has(module)
          && PolicyTree.plain(modules.get(module)) instanceof List<?> paths) {
        paths.forEach(path -> absent.put((String) path, module));
      }
    }
    return absent;
  }

  /**
   * Returns the path of a name that belongs to an absent module, or null. What follows the longest
   * known path is one key, because only the module knows how to split it.
   *
   * @param joint the character between the words of a name
   */
  static @Nullable List<String> pathOf(List<String> words, char joint) {
    String separator = String.valueOf(joint);
    String name = String.join(separator, words);
    List<String> longest = null;
    int length = 0;
    for (List<String> path : paths()) {
      String joined = String.join(separator, path);
      if (joined.length() > length && isWithin(name, joined, joint)) {
        longest = path;
        length = joined.length();
      }
    }
    if (longest == null || length == name.length()) {
      return longest;
    }
    List<String> whole = new ArrayList<>(longest);
    whole.add(name.substring(length + 1));
    return whole;
  }

  private static boolean isWithin(String name, String path, char joint) {
    return name.startsWith(path)
        && (name.length() == path.length() || name.charAt(path.length()) == joint);
  }

  /** Returns the paths of all settings of absent modules, those of builds included. */
  private static List<List<String>> paths() {
    List<List<String>> paths = new ArrayList<>();
    for (String section : Shipped.tree().keys()) {
      if (!Sections.byKey().containsKey(section)) {
        paths.add(List.of(section));
      }
    }
    for (String path : byPath().keySet()) {
      int dot = path.indexOf('.');
      if (path.startsWith(POLICY)) {
        String policy = path.substring(POLICY.length());
        paths.add(List.of("defaults", policy));
        paths.add(List.of("models", policy));
      } else if (dot > 0) {
        paths.add(List.of(path.substring(0, dot), path.substring(dot + 1)));
      }
    }
    return paths;
  }

  /** Returns a problem for each section and policy that has no effect. */
  static List<Problem> problems(PolicyTree given) {
    Map<String, String> absent = byPath();
    if (absent.isEmpty()) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    absent.forEach((path, module) -> {
      if (!path.startsWith(POLICY)) {
        int dot = path.indexOf('.');
        Located entry =
            dot < 0
                ? given.entry(path)
                : given.child(path.substring(0, dot)).entry(path.substring(dot + 1));
        add(entry, path, module, problems);
      }
    });
    addPolicies(given.child("defaults"), "defaults", absent, problems);
    addPolicies(given.child("models"), "models", absent, problems);
    List<PolicyTree> rules = given.trees("agents");
    for (int i = 0; i < rules.size(); i++) {
      addPolicies(rules.get(i), "agents[" + i + "]", absent, problems);
    }
    return problems;
  }

  /** Returns a problem for each policy of a method that no module runs. */
  static List<Problem> policies(PolicyTree policies, String path) {
    List<Problem> problems = new ArrayList<>();
    if (!PolicyTypes.keys().containsAll(policies.keys())) {
      addPolicies(policies, path, byPath(), problems);
    }
    return problems;
  }

  private static void addPolicies(
      PolicyTree policies, String path, Map<String, String> absent, List<Problem> problems) {
    for (String kind : policies.keys()) {
      String module = absent.get(POLICY + kind);
      if (module != null) {
        add(policies.entry(kind), Keys.join(path, kind), module, problems);
      }
    }
  }

  private static void add(
      @Nullable Located entry, String path, String module, List<Problem> problems) {
    if (entry != null && !PolicySection.isOff(entry.value())) {
      problems.add(
          Problem.at(
              entry.key(),
              path,
              "has no effect, because the %s module is not present. Add the dependency"
                      .formatted(module)
                  + " io.gild:gild-%s.".formatted(module)));
    }
  }
}
