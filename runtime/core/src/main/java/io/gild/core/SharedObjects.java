package io.gild.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Objects that stages share, by their types. Thread-safe. */
final class SharedObjects {

  private final Map<Class<?>, Object> objects = new ConcurrentHashMap<>();

  /** Returns the one object of a type; makes it at first use, on threads of no application. */
  <T> T get(Class<T> type, Supplier<T> maker) {
    Object known = objects.get(type);
    if (known == null) {
      synchronized (objects) {
        known = objects.get(type);
        if (known == null) {
          known = Threads.neutrally(maker);
          objects.put(type, known);
        }
      }
    }
    return type.cast(known);
  }

  void close() {
    objects.values().forEach(SharedObjects::closeIfPossible);
  }

  private static void closeIfPossible(Object part) {
    if (part instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception fault) {
        GildLog.faultOnce("Closing " + part.getClass().getSimpleName(), fault);
      }
    }
  }
}
