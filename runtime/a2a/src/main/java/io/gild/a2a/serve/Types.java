package io.gild.a2a.serve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** The classes and interfaces of an object. */
final class Types {

  private Types() {}

  /** Returns a class, its superclasses and all interfaces, the nearest ones first. */
  static Set<Class<?>> of(Class<?> type) {
    Set<Class<?>> types = new LinkedHashSet<>();
    Deque<Class<?>> open = new ArrayDeque<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      types.add(each);
      open.add(each);
    }
    while (!open.isEmpty()) {
      for (Class<?> each : open.remove().getInterfaces()) {
        types.add(each);
        open.add(each);
      }
    }
    return types;
  }
}
