package io.gild.core;

import io.gild.core.spi.StageProvider;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One of the applications in a JVM, as far as a runtime governs it: its methods with their caches
 * and breakers, what its stages share, and the threads its attempts run on.
 *
 * <p>Each class loader is an application of its own, whatever its classes are called. The classes
 * that live as long as Gild itself are one application together. Thread-safe.
 */
public final class Application {

  /** Keeps idle threads, on which thread locals of the application may lie, no longer than this. */
  private static final int IDLE_SECONDS = 1;

  private final GildRuntime runtime;
  private final boolean lasting;
  private final WeakReference<ClassLoader> loader;
  private final Map<String, GovernedMethod> methods = new ConcurrentHashMap<>();
  private final Map<Object, GovernedMethod> known = new ConcurrentHashMap<>();
  private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();
  private final Threads threads;

  /** The application of the classes that live as long as Gild itself. */
  Application(GildRuntime runtime) {
    this(runtime, true, ClassLoader.getSystemClassLoader());
  }

  Application(GildRuntime runtime, ClassLoader loader) {
    this(runtime, false, loader);
  }

  private Application(GildRuntime runtime, boolean lasting, ClassLoader loader) {
    this.runtime = runtime;
    this.lasting = lasting;
    this.loader = new WeakReference<>(loader);
    this.threads = lasting ? new Threads() : new Threads(IDLE_SECONDS);
  }

  /**
   * Returns the class loader of the application.
   *
   * @return its loader, that of the class path for classes that live as long as Gild; {@code null}
   *     if it is gone
   */
  public @Nullable ClassLoader loader() {
    return loader.get();
  }

  /**
   * Returns the governed method of a description; the same description gives the same method.
   *
   * @param spec the description
   * @return the method
   */
  public GovernedMethod method(MethodSpec spec) {
    String key =
        (spec.wrapped() ? "wrapped " : "")
            + spec.agent()
            + "@"
            + spec.className()
            + "#"
            + spec.methodName()
            + spec.descriptor();
    GovernedMethod present = methods.get(key);
    if (present != null) {
      return present;
    }
    // A reload meanwhile would not see the method, which would keep the old policies for ever.
    synchronized (runtime) {
      return methods.computeIfAbsent(key, absent -> runtime.make(this, spec, absent));
    }
  }

  /**
   * Returns a governed method by a key that is cheaper to make than its description.
   *
   * @param key equal keys mean equal descriptions; kept as long as the application
   * @param spec makes the description at first use
   * @return the method
   */
  public GovernedMethod method(Object key, Supplier<MethodSpec> spec) {
    GovernedMethod present = known.get(key);
    if (present == null) {
      present = method(spec.get());
      known.put(key, present);
    }
    return present;
  }

  Collection<GovernedMethod> methods() {
    return methods.values();
  }

  /**
   * Returns what the stages of a system share within this application, as {@link StageProvider
   * stages} of different methods do.
   *
   * @param type the type of the shared object, its only key
   * @param factory makes it at first use
   * @param <T> the type
   * @return the one object of that type
   */
  public <T> T shared(Class<T> type, Function<GildRuntime, T> factory) {
    if (lasting) {
      return runtime.shared(type, factory);
    }
    Object present = shared.get(type);
    if (present == null) {
      synchronized (shared) {
        present = shared.get(type);
        if (present == null) {
          present = Threads.neutrally(() -> factory.apply(runtime));
          shared.put(type, present);
        }
      }
    }
    return type.cast(present);
  }

  /**
   * Returns the threads on which attempts run that are bounded in time; no other application's run
   * there.
   *
   * @return an executor of daemon threads
   */
  public ExecutorService attemptExecutor() {
    return threads.attempts();
  }

  Threads threads() {
    return threads;
  }
}
