package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.StageProvider;
import java.lang.ref.WeakReference;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One of the applications in a JVM that a runtime governs: the objects that its stages share, and
 * the threads that run its attempts.
 *
 * <p>Each class loader is a separate application, even if its classes have the same names. The
 * classes that live as long as Gild itself are one application together. Thread-safe.
 */
@Experimental
public final class Application {

  /**
   * The longest time that idle threads, which may hold thread locals of the application, are kept.
   */
  private static final int IDLE_SECONDS = 1;

  private final RuntimeScope runtime;
  private final int number;
  private final boolean lasting;
  private final WeakReference<ClassLoader> loader;
  private final SharedObjects shared = new SharedObjects();
  private final Threads threads;

  /** The application of the classes that live as long as Gild itself. */
  Application(RuntimeScope runtime) {
    this(runtime, true, ClassLoader.getSystemClassLoader());
  }

  Application(RuntimeScope runtime, ClassLoader loader) {
    this(runtime, false, loader);
  }

  private Application(RuntimeScope runtime, boolean lasting, ClassLoader loader) {
    this.runtime = runtime;
    this.number = runtime.nextApplicationNumber();
    this.lasting = lasting;
    this.loader = new WeakReference<>(loader);
    this.threads = lasting ? runtime.threads() : new Threads(IDLE_SECONDS);
  }

  /**
   * Returns which of the runtime's applications this is.
   *
   * @return 1 for the one of the classes that live as long as Gild; the others count on
   */
  public int number() {
    return number;
  }

  /**
   * Returns the class loader of the application.
   *
   * @return its loader, that of the class path for classes that live as long as Gild; {@code null}
   *     if it was unloaded
   */
  public @Nullable ClassLoader loader() {
    return loader.get();
  }

  /**
   * Returns an object that {@link StageProvider stages} of different methods share within this
   * application.
   *
   * @param type the type of the shared object, its only key
   * @param factory makes it at first use
   * @param <T> the type
   * @return the one object of that type
   */
  public <T> T shared(Class<T> type, Function<RuntimeScope, T> factory) {
    return lasting ? runtime.shared(type, factory) : shared.get(type, () -> factory.apply(runtime));
  }

  /**
   * Returns the threads on which attempts run that are bounded in time; attempts of other
   * applications do not run there.
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
