package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Mode;
import io.gild.config.Policies;
import io.gild.config.Problems;
import io.gild.config.Settings;
import io.gild.config.SettingsModules;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.Clock;
import io.gild.core.spi.ContextCarrier;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import io.gild.core.spi.StageProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a runtime; not thread-safe. */
@Experimental
public final class RuntimeBuilder {

  private final List<GildModule> modules = new ArrayList<>();
  private final List<StageProvider> providers = new ArrayList<>();
  private final List<CallListener> listeners = new ArrayList<>();
  private final List<ContextCarrier> carriers = new ArrayList<>();
  private final List<MeterSpec> meters = new ArrayList<>();
  private Clock clock = Clock.SYSTEM;
  private RandomGenerator random = new SharedRandom();
  private Settings settings = Settings.defaults();
  private Mode mode = Mode.ENFORCE;
  private boolean starts = true;
  private @Nullable Function<MethodSpec, Policies> policySource;

  RuntimeBuilder() {}

  /**
   * Adds all modules that the service loader finds. One that fails is logged and left out.
   *
   * @param loader the loader to look in
   * @return this builder
   */
  public RuntimeBuilder discover(@Nullable ClassLoader loader) {
    Problems problems = new Problems();
    for (SettingsModule module : SettingsModules.find(loader, problems)) {
      if (module instanceof GildModule known) {
        try {
          module(known);
        } catch (RuntimeException | LinkageError fault) {
          GildLog.faultOnce("The module " + known.getClass().getName(), fault);
        }
      }
    }
    problems.list().forEach(problem -> GildLog.infoOnce(problem.toString()));
    return this;
  }

  /**
   * Adds all parts of a module.
   *
   * @param module the module
   * @return this builder
   */
  public RuntimeBuilder module(GildModule module) {
    List<StageProvider> ownProviders = List.copyOf(module.stages());
    List<CallListener> ownListeners = List.copyOf(module.listeners());
    List<ContextCarrier> ownCarriers = List.copyOf(module.carriers());
    List<MeterSpec> ownMeters = List.copyOf(module.meters());
    modules.add(module);
    meters.addAll(ownMeters);
    providers.addAll(ownProviders);
    listeners.addAll(ownListeners);
    carriers.addAll(ownCarriers);
    return this;
  }

  /**
   * Adds stages.
   *
   * @param provider makes the stages of one phase
   * @return this builder
   */
  public RuntimeBuilder stages(StageProvider provider) {
    providers.add(provider);
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener is notified of all calls
   * @return this builder
   */
  public RuntimeBuilder listener(CallListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Sets the clock.
   *
   * @param value the clock
   * @return this builder
   */
  public RuntimeBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /**
   * Sets the source of randomness.
   *
   * @param value the generator
   * @return this builder
   */
  public RuntimeBuilder random(RandomGenerator value) {
    random = value;
    return this;
  }

  /**
   * Sets the settings, from which policies, tiers, budgets and prices come.
   *
   * @param value the settings
   * @return this builder
   */
  public RuntimeBuilder settings(Settings value) {
    settings = value;
    return this;
  }

  /**
   * Sets the mode for when the settings name none; {@link Mode#ENFORCE} unless set.
   *
   * @param value the mode
   * @return this builder
   */
  public RuntimeBuilder modeUnlessGiven(Mode value) {
    mode = value;
    return this;
  }

  /**
   * Sets where policies come from, instead of the settings.
   *
   * @param value returns the policies of a method
   * @return this builder
   */
  public RuntimeBuilder policies(Function<MethodSpec, Policies> value) {
    policySource = value;
    return this;
  }

  /**
   * Leaves the modules unstarted: a tool that reads an application's data must not control its
   * rollouts, listen on its ports or do its regular work beside it.
   *
   * @return this builder
   */
  public RuntimeBuilder unstarted() {
    starts = false;
    return this;
  }

  /**
   * Builds the runtime.
   *
   * @return a runtime without any methods yet
   */
  public GildRuntime build() {
    GildRuntime runtime =
        new GildRuntime(
            clock,
            random,
            new LiveSettings(settings, mode, policySource),
            new Carriers(carriers),
            new CallListeners(listeners),
            providers,
            meters);
    if (starts) {
      modules.forEach(module -> start(module, runtime));
    }
    return runtime;
  }

  private static void start(GildModule module, GildRuntime runtime) {
    try {
      GildRuntime.neutrally(() -> {
        module.start(runtime);
        return module;
      });
    } catch (Throwable fault) {
      GildLog.faultOnce("Starting the module " + module.name(), fault);
    }
  }
}
