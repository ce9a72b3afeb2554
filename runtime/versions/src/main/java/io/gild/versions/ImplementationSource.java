package io.gild.versions;

import io.gild.core.Application;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the object of a new version comes from. Thread-safe.
 *
 * <p>A supplier is an object of an application, which alone keeps it: a runtime may outlive the
 * application.
 */
final class ImplementationSource {

  /** The suppliers that an application gave. */
  private static final class Given {
    private final Set<Supplier<?>> suppliers = ConcurrentHashMap.newKeySet();
  }

  private final String className;
  private final @Nullable WeakReference<Supplier<?>> supplier;
  private final @Nullable WeakReference<Given> owner;

  private ImplementationSource(
      String className,
      @Nullable WeakReference<Supplier<?>> supplier,
      @Nullable WeakReference<Given> owner) {
    this.owner = owner;
    this.className = className;
    this.supplier = supplier;
  }

  static ImplementationSource ofClass(String className) {
    return new ImplementationSource(className, null, null);
  }

  /**
   * Makes a source of a supplier.
   *
   * @param owner the application that the supplier is a part of
   */
  static ImplementationSource of(Supplier<?> supplier, Application owner) {
    Given keeper = owner.shared(Given.class, runtime -> new Given());
    keeper.suppliers.add(supplier);
    return new ImplementationSource("", new WeakReference<>(supplier), new WeakReference<>(keeper));
  }

  /** Lets the supplier go. */
  void release() {
    Supplier<?> given = supplier == null ? null : supplier.get();
    Given keeper = owner == null ? null : owner.get();
    if (given != null && keeper != null) {
      keeper.suppliers.remove(given);
    }
  }

  /**
   * Makes the object.
   *
   * @param loader the loader of the application that has the method
   */
  Object make(@Nullable ClassLoader loader) {
    return supplier == null ? byName(loader) : supplied(supplier.get());
  }

  private static Object supplied(@Nullable Supplier<?> given) {
    Object made;
    try {
      made = given == null ? null : given.get();
    } catch (RuntimeException | LinkageError failure) {
      throw new VersionException("its supplier failed: " + failure, failure);
    }
    if (made == null) {
      throw new VersionException("its supplier returned null instead of an object");
    }
    return made;
  }

  private Object byName(@Nullable ClassLoader loader) {
    Class<?> type;
    try {
      type = Class.forName(className, true, loader);
    } catch (ClassNotFoundException absent) {
      throw new VersionException(
          "the application has no class " + className + "; check the name and the class path",
          absent);
    } catch (LinkageError failure) {
      throw new VersionException(
          "the class " + className + " cannot be loaded: " + failure, failure);
    }
    return Reflection.instance(type);
  }
}
