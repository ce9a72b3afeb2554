package io.gild.weaver;

import io.gild.core.GildLog;
import java.lang.instrument.Instrumentation;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts the agent in place, and takes it away again; what the premain class calls.
 *
 * <p>Everything on the way through {@link #apply} runs before main: it has neither lambdas nor
 * streams, because the first of them costs more than all the rest.
 */
public final class Installer implements BiFunction<@Nullable String, Instrumentation, Runnable> {

  /** Creates an installer. */
  public Installer() {}

  /**
   * Installs the agent.
   *
   * @param options the agent's options, or {@code null}
   * @param instrumentation the JVM's
   * @return takes the agent away again
   */
  @Override
  public Runnable apply(@Nullable String options, Instrumentation instrumentation) {
    Installed installed = new Installed(instrumentation, AgentOptions.parse(options));
    installed.start();
    return installed;
  }

  /** The agent in place. */
  private static final class Installed implements Runnable {

    private final Instrumentation instrumentation;
    private final EngineSettings settings;
    private final Inventory inventory;
    private final LazyRuntime runtime;
    private final Foundations foundations;
    private final TargetFinder finder;
    private final GildTransformer transformer;
    private final Thread reporter;

    Installed(Instrumentation instrumentation, AgentOptions options) {
      this.instrumentation = instrumentation;
      this.settings = EngineSettings.load(options);
      this.inventory = new Inventory(options.verbose(), settings.rules());
      this.runtime = new LazyRuntime(settings);
      this.foundations = new Foundations(runtime);
      this.finder =
          new TargetFinder(settings.rules(), Libraries.all(runtime), foundations, runtime);
      this.transformer =
          new GildTransformer(
              instrumentation,
              new IgnoredClasses(Installer.class.getClassLoader()),
              finder,
              foundations,
              inventory);
      this.reporter = new Thread(inventory, "gild-inventory");
    }

    void start() {
      for (String problem : settings.problems()) {
        GildLog.info(problem);
      }
      instrumentation.addTransformer(transformer, instrumentation.isRetransformClassesSupported());
      new LoadedClasses(instrumentation).weave(transformer, finder);
      runtime.whenStarted(new Activation(this));
      Runtime.getRuntime().addShutdownHook(reporter);
    }

    /** Weaves HTTP clients and thread pools, those that are loaded and those that will be. */
    void weaveFoundations(boolean pools) {
      new LoadedClasses(instrumentation).retransform(foundations.activate(instrumentation, pools));
    }

    /** Detaches. */
    @Override
    public void run() {
      instrumentation.removeTransformer(transformer);
      transformer.switchOff();
      new LoadedClasses(instrumentation).retransform(inventory.wovenClasses());
      runtime.close();
      inventory.run();
      try {
        Runtime.getRuntime().removeShutdownHook(reporter);
      } catch (IllegalStateException ending) {
        // The JVM is on its way out, and the line has been said.
      }
    }
  }

  /** What the first governed call sets off. */
  private static final class Activation implements Runnable {

    private final Installed installed;

    Activation(Installed installed) {
      this.installed = installed;
    }

    @Override
    public void run() {
      try {
        installed.weaveFoundations(installed.settings.settings().context().pools());
      } catch (Throwable fault) {
        GildLog.faultOnce("Weaving HTTP clients and thread pools", fault);
      }
    }
  }
}
