package io.gild.recipes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Names of agents, each used once: the class's simple name, with as much of its package as needed.
 */
final class AgentNames {

  private final Set<String> used = new HashSet<>();
  private final Map<String, String> ofClasses = new HashMap<>();

  /** Keeps a name that the sources have already. */
  void reserve(String name) {
    used.add(name);
  }

  /** Returns the name for a class; the same one each time. */
  String of(String packageName, String className) {
    String whole = packageName.isEmpty() ? className : packageName + "." + className;
    String known = ofClasses.get(whole);
    if (known != null) {
      return known;
    }
    String simple = className.substring(className.lastIndexOf('.') + 1);
    String last = packageName.substring(packageName.lastIndexOf('.') + 1);
    for (String name : new String[] {simple, last + "." + className, whole}) {
      if (isName(name) && used.add(name)) {
        return keep(whole, name);
      }
    }
    String base = isName(whole) ? whole : whole.replaceAll("[^A-Za-z0-9._-]", "_");
    String name = base;
    for (int i = 2; !used.add(name); i++) {
      name = base + "-" + i;
    }
    return keep(whole, name);
  }

  private String keep(String whole, String name) {
    ofClasses.put(whole, name);
    return name;
  }

  private static boolean isName(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
  }
}
