package io.gild.javaagent.inst;

import io.gild.core.Context;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.PerClass;
import io.gild.core.UnusedRules;
import io.gild.serving.ServedAgents;
import io.gild.watching.Recorder;
import io.gild.watching.Replayer;
import io.gild.watching.Sightings;
import io.gild.watching.TapeOptions;
import io.gild.watching.Watches;
import io.gild.weaver.AgentOptions;
import io.gild.weaver.BridgeDefiner;
import io.gild.weaver.CarriedCalls;
import io.gild.weaver.EngineSettings;
import io.gild.weaver.GildTransformer;
import io.gild.weaver.IgnoredClasses;
import io.gild.weaver.Inventory;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.Libraries;
import io.gild.weaver.LoadedClasses;
import io.gild.weaver.ProxiedMethods;
import io.gild.weaver.TargetFinder;
import io.gild.weaver.Wrappers;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import io.gild.weaver.spi.ServedMethods;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Installs and removes the agent; called by the premain class.
 *
 * <p>All code in {@link #apply} runs before main: it uses neither lambdas nor streams, because the
 * first use of one costs more than everything else.
 */
public final class Installer implements BiFunction<@Nullable String, Instrumentation, Runnable> {

  /** The system property that enables the watching of agents. */
  private static final String WATCH = "gild.watch";

  /** Creates an installer. */
  public Installer() {}

  /**
   * Installs the agent.
   *
   * @param options the agent's options, or {@code null}
   * @param instrumentation the JVM's
   * @return removes the agent
   */
  @Override
  public Runnable apply(@Nullable String options, Instrumentation instrumentation) {
    Installed installed = new Installed(instrumentation, AgentOptions.parse(options));
    installed.start();
    return installed;
  }

  /** The installed agent. */
  private static final class Installed implements Runnable, Consumer<String> {

    private static final String CONSOLE = "console";
    private static final String CONSOLE_PORT = "gild.console.port";

    private final Instrumentation instrumentation;
    private final @Nullable TapeOptions tape;
    private final EngineSettings settings;
    private final Inventory inventory;
    private final LazyRuntime runtime;
    private final HttpClientsAndPools clientsAndPools;
    private final TargetFinder finder;
    private final GildTransformer transformer;
    private final IgnoredClasses ignored;
    private final @Nullable Sightings sightings;
    private final Thread reporter;
    private final ServedMethods served;
    private final CarriedCalls carried = new CarriedCalls();
    private boolean clientsAndPoolsWoven;
    private boolean consoleRequested;

    Installed(Instrumentation instrumentation, AgentOptions options) {
      this.instrumentation = instrumentation;
      List<String> problems = new ArrayList<>(options.problems());
      this.tape = TapeOptions.of(options, problems);
      this.settings = EngineSettings.load(options, problems);
      this.runtime = new LazyRuntime(settings);
      this.served = ServedAgents.of(settings, instrumentation, runtime);
      this.inventory = new Inventory(options.verbose(), settings.rulesAnd(served.matches()));
      this.ignored = new IgnoredClasses(Installer.class.getClassLoader());
      this.sightings = sightings(options, ignored);
      if (sightings != null) {
        runtime.rememberAssembly(sightings.stack());
      }
      ProxiedMethods proxied = new ProxiedMethods(runtime, served);
      LibraryContext context = new LibraryContext(instrumentation, runtime, proxied);
      this.clientsAndPools = new HttpClientsAndPools(context, carried);
      this.finder =
          new TargetFinder(
              settings.rules(), models(context), clientsAndPools, proxied, served, runtime);
      this.transformer =
          new GildTransformer(
              instrumentation, ignored, finder, clientsAndPools, inventory, carried);
      this.reporter = new Thread(new End(this), "gild-inventory");
    }

    private static Libraries models(LibraryContext context) {
      List<LibraryProvider> providers = new ArrayList<>();
      ClassLoader own = Installer.class.getClassLoader();
      for (LibraryProvider provider : ServiceLoader.load(LibraryProvider.class, own)) {
        providers.add(provider);
      }
      providers.add(new Wrappers.Provider());
      return new Libraries(context, providers);
    }

    private @Nullable Sightings sightings(AgentOptions options, IgnoredClasses ignored) {
      String folder = options.inventoryFolder();
      return folder == null ? null : new Sightings(Path.of(folder), inventory, ignored);
    }

    void start() {
      PerClass.keepAll(true);
      for (String problem : settings.problems()) {
        GildLog.info(problem);
      }
      instrumentation.addTransformer(transformer, instrumentation.isRetransformClassesSupported());
      new LoadedClasses(instrumentation).weave(transformer, finder);
      runtime.whenStarted(new Activation(this));
      if (Boolean.getBoolean(WATCH)) {
        offerWatches();
      }
      if (sightings != null) {
        runtime.watch(sightings);
      }
      if (tape != null) {
        turn(tape, ignored);
      }
      Runtime.getRuntime().addShutdownHook(reporter);
    }

    /** Lets runners of golden tasks watch an agent from its first call on. */
    private void offerWatches() {
      try {
        BridgeDefiner.define(instrumentation);
        GildBridge.watch = new Watches(runtime);
      } catch (Throwable fault) {
        GildLog.faultOnce("Offering to watch", fault);
      }
    }

    /** Records or replays; a replay sends no request over the network either. */
    private void turn(TapeOptions options, IgnoredClasses ignored) {
      if (options.replay()) {
        runtime.tape(new Replayer(options));
        weaveClientsAndPools(settings.settings().get(Context.SECTION).pools());
      } else {
        Recorder recorder = new Recorder(options, ignored);
        runtime.tape(recorder);
        runtime.watch(recorder);
      }
    }

    /**
     * Weaves HTTP clients and thread pools, both loaded classes and classes that are loaded later.
     */
    void weaveClientsAndPools(boolean pools) {
      if (clientsAndPoolsWoven) {
        return;
      }
      clientsAndPoolsWoven = true;
      new LoadedClasses(instrumentation).retransform(clientsAndPools.activate(pools));
    }

    void followSightings() {
      GildRuntime started = runtime.get();
      if (sightings != null && started != null) {
        sightings.writeEverySecond(started.scheduler());
      }
    }

    /** Logs and writes the result. */
    void report() {
      inventory.run();
      GildRuntime started = runtime.started();
      if (started != null) {
        UnusedRules.byName(started).forEach(GildLog::infoOnce);
      }
      if (sightings != null) {
        sightings.write();
      }
    }

    /** Switches on the console, which {@code console} or {@code console=PORT} asks for. */
    @Override
    public void accept(String request) {
      String port = request.equals(CONSOLE) ? "0" : request.substring(CONSOLE.length() + 1);
      System.setProperty(CONSOLE_PORT, port);
      consoleRequested = true;
      runtime.readSettingsAgain();
    }

    /** Detaches. */
    @Override
    public void run() {
      if (consoleRequested) {
        System.clearProperty(CONSOLE_PORT);
      }
      if (Boolean.getBoolean(WATCH)) {
        GildBridge.watch = null;
      }
      served.close();
      instrumentation.removeTransformer(transformer);
      transformer.switchOff();
      new LoadedClasses(instrumentation).retransform(inventory.wovenClasses());
      runtime.close();
      report();
      try {
        Runtime.getRuntime().removeShutdownHook(reporter);
      } catch (IllegalStateException ending) {
        // The JVM is ending, and the line has been printed.
      }
      PerClass.keepAll(false);
    }
  }

  /** The actions at the first governed call. */
  private static final class Activation implements Runnable {

    private final Installed installed;

    Activation(Installed installed) {
      this.installed = installed;
    }

    @Override
    public void run() {
      try {
        installed.weaveClientsAndPools(installed.settings.settings().get(Context.SECTION).pools());
        installed.followSightings();
      } catch (Throwable fault) {
        GildLog.faultOnce("Weaving HTTP clients and thread pools", fault);
      }
    }
  }

  /** The actions at the end of the JVM. */
  private static final class End implements Runnable {

    private final Installed installed;

    End(Installed installed) {
      this.installed = installed;
    }

    @Override
    public void run() {
      installed.report();
    }
  }
}
