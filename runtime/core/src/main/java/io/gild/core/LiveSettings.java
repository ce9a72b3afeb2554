package io.gild.core;

import io.gild.config.Mode;
import io.gild.config.Policies;
import io.gild.config.PriceTable;
import io.gild.config.ReloadingSettings;
import io.gild.config.Settings;
import io.gild.config.ToolRule;
import io.gild.config.Usage;
import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings in effect in a runtime, and their meaning for a method. Thread-safe. */
final class LiveSettings {

  private static final long FOLLOW_SECONDS = 3;

  private final Mode unlessGiven;

  /** The mode that a person chose instead of that of the settings, until these change. */
  private volatile @Nullable Mode chosen;

  private volatile Settings settings;
  private volatile Prices prices;
  private volatile Function<MethodSpec, Policies> policies;

  /**
   * Creates settings.
   *
   * @param unlessGiven the mode if the settings name none
   * @param policies returns the policies of a method instead of the settings, until these change
   */
  LiveSettings(
      Settings settings, Mode unlessGiven, @Nullable Function<MethodSpec, Policies> policies) {
    this.unlessGiven = unlessGiven;
    this.settings = settings;
    this.prices = new Prices(PriceTable.of(settings));
    this.policies = policies == null ? of(settings) : policies;
  }

  private Function<MethodSpec, Policies> of(Settings given) {
    return spec -> PolicySource.policies(given, mode(given, spec), spec);
  }

  /**
   * Applies new settings.
   *
   * @return whether anything but policies of single methods changed
   */
  boolean change(Settings changed) {
    boolean sharedChanged = !settings.meansTheSame(changed);
    settings = changed;
    chosen = null;
    prices = new Prices(PriceTable.of(changed));
    policies = of(changed);
    return sharedChanged;
  }

  /** Switches all policies off. */
  void end() {
    policies = spec -> Policies.none();
  }

  Settings settings() {
    return settings;
  }

  Policies policies(MethodSpec spec) {
    return policies.apply(spec);
  }

  long price(PricedRequest request, Usage usage) {
    return prices.nanoUsd(request, usage);
  }

  /** Returns a cost by the kinds of tokens; the sum is the cost. */
  long[] costByKind(PricedRequest request, Usage usage, long nanoUsd) {
    return prices.byKind(request, usage, nanoUsd);
  }

  /** Returns how many requests may fail within one call of a method; 0 for no bound. */
  int maxFailedRequests(MethodSpec spec) {
    Settings present = settings;
    return mode(present, spec) == Mode.ENFORCE
        ? present.get(Limits.SECTION).maxFailedRequests()
        : 0;
  }

  /** Returns the mode of methods without a wrapper if the settings name none. */
  Mode unlessGiven() {
    return unlessGiven;
  }

  private Mode mode(Settings given, MethodSpec spec) {
    Mode present = chosen;
    return present == null ? given.mode(spec.wrapped() ? Mode.ENFORCE : unlessGiven) : present;
  }

  /** Returns the mode of a method without a wrapper. */
  Mode mode() {
    Mode present = chosen;
    return present == null ? settings.mode(unlessGiven) : present;
  }

  /** Sets the mode of all methods until the settings change. */
  void choose(Mode mode) {
    chosen = mode;
  }

  /**
   * Returns the effect of a method: as declared, or for a tool as in the settings. Unless the
   * settings are in observe mode, a wrapper around the tool may repeat it, in any mode of this
   * runtime.
   */
  Effect effect(MethodSpec spec) {
    Mode present = chosen;
    Mode mode = present == null ? settings.mode(Mode.ENFORCE) : present;
    return mode == Mode.ENFORCE ? effectInAnyMode(spec) : spec.effect();
  }

  /** Returns the effect of a method: as declared, or for a tool as in the settings. */
  Effect effectInAnyMode(MethodSpec spec) {
    Effect effect = spec.effect();
    if (spec.kind() != CallKind.TOOL) {
      return effect;
    }
    for (ToolRule rule : settings.tools()) {
      if (rule.matches(spec.methodName())) {
        effect = Effect.valueOf(rule.effect().name());
      }
    }
    return effect;
  }

  /** Checks every few seconds whether the file changed, and applies new settings that are valid. */
  void follow(
      Path file,
      Function<Path, Settings> loader,
      ScheduledExecutorService scheduler,
      Consumer<Settings> use) {
    ReloadingSettings following =
        new ReloadingSettings(
            settings,
            file,
            loader,
            use,
            wrong -> wrong.problems().forEach(problem -> GildLog.info(problem.toString())));
    scheduler.scheduleWithFixedDelay(
        () -> {
          try {
            following.check();
          } catch (RuntimeException | LinkageError fault) {
            GildLog.faultOnce("Following " + file, fault);
          }
        },
        FOLLOW_SECONDS,
        FOLLOW_SECONDS,
        TimeUnit.SECONDS);
  }
}
