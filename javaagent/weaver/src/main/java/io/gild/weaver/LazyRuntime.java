package io.gild.weaver;

import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.HostClasses;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeBuilder;
import io.gild.core.spi.StageProvider;
import io.gild.weaver.spi.Tape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runtime, made at the first governed call and never before main: it may start loggers, timers
 * and other parts.
 */
public final class LazyRuntime {

  private final EngineSettings settings;
  private @Nullable Thread making;
  private @Nullable Runnable whenStarted;
  private final List<StageProvider> watching = new ArrayList<>();
  private volatile Tape tape = Tape.NONE;
  private @Nullable ApplicationStack stack;
  private volatile @Nullable GildRuntime runtime;
  private volatile boolean broken;

  /** Creates a runtime that is made with these settings at first use. */
  public LazyRuntime(EngineSettings settings) {
    this.settings = settings;
  }

  /** Sets an action that runs once, right after the runtime was made. */
  public void whenStarted(Runnable task) {
    whenStarted = task;
  }

  /** Sets the tape that records or replays models and tools. */
  public void tape(Tape given) {
    tape = given;
  }

  /** Enables remembering where the application makes streams; call it before the first weaving. */
  public void rememberAssembly(ApplicationStack given) {
    stack = given;
  }

  /** Returns the finder of places where streams are made; null if they are not needed. */
  public @Nullable ApplicationStack assembly() {
    return stack;
  }

  /** Returns the tape. */
  public Tape tape() {
    return tape;
  }

  /** Adds stages of the agent itself to all pipelines; call it before the runtime is made. */
  public void watch(StageProvider provider) {
    watching.add(provider);
  }

  /**
   * Returns the governed method of a description.
   *
   * @param spec the description
   * @param owner a class of the application that has the method
   * @return the method, or {@code null} if calls cannot be governed
   */
  @Nullable GovernedMethod method(MethodSpec spec, Class<?> owner) {
    GildRuntime known = get();
    return known == null ? null : known.method(known.application(owner), spec);
  }

  /**
   * Returns the runtime.
   *
   * @return the runtime, or {@code null} if it cannot be started, or this thread is starting it
   */
  public @Nullable GildRuntime get() {
    GildRuntime known = runtime;
    return known == null ? make() : known;
  }

  /** Applies system properties that changed; starts the runtime if it has not started. */
  public void readSettingsAgain() {
    GildRuntime known = get();
    if (known != null) {
      known.reload(settings.readAgain());
    }
  }

  /** Returns the runtime if it exists already. */
  public @Nullable GildRuntime started() {
    return runtime;
  }

  /** Returns whether calls cannot be governed because the runtime was closed or cannot start. */
  boolean isBroken() {
    return broken;
  }

  /** Closes the runtime, or prevents its creation. */
  public synchronized void close() {
    broken = true;
    GildRuntime known = runtime;
    if (known != null) {
      known.close();
    }
  }

  private synchronized @Nullable GildRuntime make() {
    if (runtime != null || broken || making == Thread.currentThread()) {
      return runtime;
    }
    making = Thread.currentThread();
    try {
      runtime = GildRuntime.neutrally(this::start);
      if (whenStarted != null) {
        whenStarted.run();
      }
    } catch (Throwable fault) {
      broken = true;
      GildLog.faultOnce("Starting the runtime", fault);
    } finally {
      making = null;
    }
    return runtime;
  }

  private GildRuntime start() {
    HostClasses.attach();
    RuntimeBuilder builder =
        GildRuntime.builder()
            .discover(LazyRuntime.class.getClassLoader())
            .settings(settings.settings())
            .modeUnlessGiven(settings.defaultMode());
    for (StageProvider provider : watching) {
      builder.stages(provider);
    }
    GildRuntime started = builder.build();
    Path file = settings.file();
    if (file != null) {
      started.follow(file, settings::reread);
    }
    GildRuntime.setGlobal(started);
    return started;
  }
}
