package io.gild.core;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The applications of a runtime, by class loader. Only the classes of its loader keep an
 * application alive, so that it ends with them. Thread-safe.
 */
final class Applications {

  private final RuntimeScope runtime;
  private final Application home;
  private final Set<ClassLoader> lasting = new HashSet<>();
  private final WeakKeys<WeakReference<Application>> byLoader = new WeakKeys<>();
  private final PerClass<Application> byClass = new PerClass<>(this::find);

  Applications(RuntimeScope runtime) {
    this.runtime = runtime;
    this.home = new Application(runtime);
    addWithParents(ClassLoader.getSystemClassLoader());
    addWithParents(Applications.class.getClassLoader());
  }

  private void addWithParents(@Nullable ClassLoader loader) {
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      lasting.add(each);
    }
  }

  /** Returns the application of all classes that live as long as Gild itself. */
  Application home() {
    return home;
  }

  /** Returns the application that a class belongs to. */
  Application of(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || lasting.contains(loader) ? home : byClass.get(keeper(type));
  }

  /** Returns a class that lives as long as the loader: a hidden class may be unloaded earlier. */
  private static Class<?> keeper(Class<?> type) {
    Class<?> keeper = type;
    while (keeper.isArray()) {
      keeper = keeper.getComponentType();
    }
    return keeper.isHidden() ? keeper.getNestHost() : keeper;
  }

  private synchronized Application find(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    WeakReference<Application> known = byLoader.get(loader);
    Application application = known == null ? null : known.get();
    if (application == null) {
      application = new Application(runtime, loader);
      byLoader.put(loader, new WeakReference<>(application));
    }
    return application;
  }

  /** Returns all that are in use. */
  synchronized List<Application> all() {
    List<Application> all = new ArrayList<>(List.of(home));
    for (WeakReference<Application> known : byLoader.values()) {
      Application application = known.get();
      if (application != null) {
        all.add(application);
      }
    }
    return all;
  }

  /** Removes all applications that have their own class loader. */
  void forget() {
    byClass.forget();
  }
}
