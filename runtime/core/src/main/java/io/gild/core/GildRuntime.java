package io.gild.core;

import io.gild.config.Mode;
import io.gild.config.Policies;
import io.gild.config.PriceTable;
import io.gild.config.ReloadingSettings;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.config.ToolRule;
import io.gild.config.Usage;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.Clock;
import io.gild.core.spi.ContextCarrier;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.StageProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What governed calls share: policies, clock, randomness, threads, listeners.
 *
 * <p>An application has one, {@link #global()}; tests build their own. Thread-safe.
 */
public final class GildRuntime implements AutoCloseable {

  private static final long FOLLOW_SECONDS = 3;

  private static volatile @Nullable GildRuntime global;
  private static volatile boolean replaced;

  private final Clock clock;
  private final RandomGenerator random;
  private final PlanCompiler compiler;
  private final Mode mode;
  private final List<ContextCarrier> carriers;
  private final Map<String, MethodTotals> totals = new ConcurrentHashMap<>();
  private final Applications applications = new Applications(this);
  private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();
  private final Events events = new Events();
  private final AtomicLong callNumbers = new AtomicLong();
  private final Ledger ledger = new Ledger();
  private final LongAdder httpAttempts = new LongAdder();
  private volatile Function<MethodSpec, Policies> policySource;
  private volatile Settings settings;
  private volatile Prices prices;
  private volatile CallListener[] listeners;

  private GildRuntime(Builder builder) {
    this.clock = builder.clock;
    this.random = builder.random;
    this.settings = builder.settings;
    this.mode = builder.mode;
    this.prices = new Prices(PriceTable.of(settings));
    Settings given = builder.settings;
    this.policySource =
        builder.policySource != null
            ? builder.policySource
            : spec -> PolicySource.policies(given, mode(spec), spec);
    this.carriers = List.copyOf(builder.carriers);
    this.listeners = builder.listeners.toArray(CallListener[]::new);
    this.compiler = new PlanCompiler(this, builder.providers);
  }

  /**
   * Returns the runtime of this application; made at first use.
   *
   * @return the runtime
   */
  public static GildRuntime global() {
    GildRuntime known = global;
    if (known == null) {
      synchronized (GildRuntime.class) {
        known = global;
        if (known == null) {
          known = Threads.neutrally(SettingsFile::start);
          global = known;
        }
      }
    }
    return known;
  }

  /**
   * Replaces the runtime of this application, before its first governed call. Wrappers then stay
   * with that runtime, even while a javaagent is attached.
   *
   * @param runtime the runtime to use from now on
   */
  public static void setGlobal(GildRuntime runtime) {
    global = runtime;
    replaced = true;
  }

  /** Returns whether the application made its runtime itself. */
  static boolean isReplaced() {
    return replaced;
  }

  /**
   * Returns whether a javaagent governs this application's wrappers; the agent then counts the
   * tokens of model libraries by itself.
   *
   * @return {@code true} while an agent is attached and the application set no runtime of its own
   */
  public static boolean isAttached() {
    return !replaced && Attachment.agent() != null;
  }

  /**
   * Returns a builder without any stages, on the machine's clock.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the governed method of a description; the same description gives the same method. It is
   * kept as long as the runtime.
   *
   * @param spec the description
   * @return the method
   */
  public GovernedMethod method(MethodSpec spec) {
    return applications.home().method(spec);
  }

  /**
   * Returns the application that a class belongs to: class loaders share neither methods nor what
   * these remember, and take both with them when they go.
   *
   * @param owner a class of the application
   * @return the application
   */
  public Application application(Class<?> owner) {
    return applications.of(owner);
  }

  /** Makes a method of an application, while nothing is reloaded. */
  GovernedMethod make(Application application, MethodSpec spec, String key) {
    MethodTotals known = totals.computeIfAbsent(key, absent -> new MethodTotals(spec));
    GovernedMethod method = new GovernedMethod(this, application, spec, known);
    method.plan(compile(method));
    return method;
  }

  private Plan compile(GovernedMethod method) {
    try {
      return compiler.compile(method, policySource.apply(method.spec()));
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Policies of " + method.spec().id(), fault);
      return Plan.empty(method);
    }
  }

  /**
   * Takes new settings into force. Calls under way keep their policies, and methods whose policies
   * did not change keep their caches and breakers.
   *
   * @param changed the new settings
   */
  public synchronized void reload(Settings changed) {
    Settings old = settings;
    boolean sharedChanged = !old.meansTheSame(changed);
    settings = changed;
    prices = new Prices(PriceTable.of(changed));
    policySource = spec -> PolicySource.policies(changed, mode(spec), spec);
    for (GovernedMethod method : methods()) {
      if (sharedChanged || !method.policies().equals(policySource.apply(method.spec()))) {
        method.plan(compile(method));
      }
    }
  }

  /**
   * Follows the settings' file: looks every few seconds whether it changed. What is wrong with a
   * new file is said line by line, and the settings before it stay.
   *
   * @param file the file
   * @param loader reads it; throws {@link SettingsException} if it is wrong
   */
  public void follow(Path file, Function<Path, Settings> loader) {
    ReloadingSettings following =
        new ReloadingSettings(
            settings,
            file,
            loader,
            this::reload,
            wrong -> wrong.problems().forEach(problem -> GildLog.info(problem.toString())));
    scheduler()
        .scheduleWithFixedDelay(
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

  /**
   * Returns the governed methods of all applications that are in use.
   *
   * @return a snapshot
   */
  public Collection<GovernedMethod> methods() {
    List<GovernedMethod> all = new ArrayList<>();
    applications.all().forEach(application -> all.addAll(application.methods()));
    return all;
  }

  /**
   * Returns what happened so far in the calls of each method, also of applications that are gone.
   *
   * @return a snapshot
   */
  public Collection<MethodTotals> totals() {
    return List.copyOf(totals.values());
  }

  /**
   * Adds a listener.
   *
   * @param listener hears of all calls from now on
   */
  public void addListener(CallListener listener) {
    synchronized (totals) { // not the runtime itself: a reload holds it while stages are made
      List<CallListener> all = new ArrayList<>(List.of(listeners));
      all.add(listener);
      listeners = all.toArray(CallListener[]::new);
    }
  }

  CallListener[] listenerArray() {
    return listeners;
  }

  /**
   * Returns what happens in this runtime, for those who subscribe.
   *
   * @return the events of calls, and those that modules add
   */
  public Events events() {
    return events;
  }

  long nextCallNumber() {
    return callNumbers.incrementAndGet();
  }

  /**
   * Returns what the stages of a system share within this runtime.
   *
   * @param type the type of the shared object, its only key; an {@link AutoCloseable} is closed
   *     with the runtime
   * @param factory makes it at first use
   * @param <T> the type
   * @return the one object of that type
   */
  public <T> T shared(Class<T> type, Function<GildRuntime, T> factory) {
    Object known = shared.get(type);
    if (known == null) {
      synchronized (shared) {
        known = shared.get(type);
        if (known == null) {
          known = Threads.neutrally(() -> factory.apply(this));
          shared.put(type, known);
        }
      }
    }
    return type.cast(known);
  }

  /**
   * Makes something that may start threads, so that these take along neither class loader nor
   * protection domains of the application that happens to call.
   *
   * @param maker makes it
   * @param <T> its type
   * @return what it made
   */
  public static <T> T neutrally(Supplier<T> maker) {
    return Threads.neutrally(maker);
  }

  /**
   * Captures the ambient context of the current thread.
   *
   * @return installs it on another thread
   */
  public ContextCarrier.Captured captureContext() {
    List<ContextCarrier.Captured> captured = new ArrayList<>(carriers.size());
    for (ContextCarrier carrier : carriers) {
      try {
        captured.add(carrier.capture());
      } catch (Throwable fault) {
        GildLog.faultOnce(carrier.getClass().getSimpleName(), fault);
      }
    }
    return () -> install(captured);
  }

  /** Installs contexts; one that breaks is left out. */
  static Runnable install(List<ContextCarrier.Captured> captured) {
    List<Runnable> removals = new ArrayList<>(captured.size());
    for (ContextCarrier.Captured context : captured) {
      try {
        removals.add(context.install());
      } catch (Throwable fault) {
        GildLog.faultOnce("Installing a context", fault);
      }
    }
    return () -> {
      for (int i = removals.size() - 1; i >= 0; i--) {
        try {
          removals.get(i).run();
        } catch (Throwable fault) {
          GildLog.faultOnce("Removing a context", fault);
        }
      }
    };
  }

  /**
   * Returns the clock.
   *
   * @return the clock
   */
  public Clock clock() {
    return clock;
  }

  /**
   * Returns the source of randomness.
   *
   * @return a generator; thread-safe unless a test gave another one
   */
  public RandomGenerator random() {
    return random;
  }

  /**
   * Returns the settings in force.
   *
   * @return the settings
   */
  public Settings settings() {
    return settings;
  }

  /**
   * Returns the price of a usage.
   *
   * @param model name of the model as its provider reports it
   * @param usage tokens
   * @return billionths of a US dollar, or -1 if the model has no known price
   */
  public long price(String model, Usage usage) {
    return prices.nanoUsd(model, usage);
  }

  /**
   * Returns tokens and money since the start.
   *
   * @return the ledger
   */
  public Ledger ledger() {
    return ledger;
  }

  /** Records one physical request to a model; calls record theirs through {@link AgentCall}. */
  public void recordHttpAttempt() {
    httpAttempts.increment();
  }

  /** Returns how many requests may fail within one call of a method; 0 for no bound. */
  int maxFailedRequests(MethodSpec spec) {
    Settings present = settings;
    return present.mode(mode(spec)) == Mode.ENFORCE
        ? present.get(Limits.SECTION).maxFailedRequests()
        : 0;
  }

  /** Returns the mode of a method if the settings name none. */
  private Mode mode(MethodSpec spec) {
    return spec.wrapped() ? Mode.ENFORCE : mode;
  }

  /**
   * Returns what a method does to the world: as declared, or for a tool as the settings say. Unless
   * the settings ask to observe, a wrapper around the tool may repeat it, whatever this runtime's
   * own mode is.
   */
  Effect effect(MethodSpec spec) {
    Effect effect = spec.effect();
    Settings present = settings;
    if (spec.kind() != CallKind.TOOL || present.mode(Mode.ENFORCE) != Mode.ENFORCE) {
      return effect;
    }
    for (ToolRule rule : present.tools()) {
      if (rule.matches(spec.methodName())) {
        effect = Effect.valueOf(rule.effect().name());
      }
    }
    return effect;
  }

  /**
   * Returns how many physical requests to models were seen, inside of calls and outside.
   *
   * @return zero or more
   */
  public long httpAttempts() {
    return httpAttempts.sum();
  }

  /**
   * Returns the threads on which attempts run that are bounded in time.
   *
   * @return an executor of daemon threads
   */
  public ExecutorService attemptExecutor() {
    return applications.home().attemptExecutor();
  }

  /**
   * Returns the thread that wakes what waits.
   *
   * @return a scheduler on one daemon thread; its tasks must be short
   */
  public ScheduledExecutorService scheduler() {
    return applications.home().threads().scheduler();
  }

  /**
   * Lets the runtime's threads end: settings are followed no longer, calls under way go on to their
   * end, and calls that come later run without policies.
   */
  @Override
  public void close() {
    policySource = spec -> Policies.none();
    methods().forEach(method -> method.plan(compile(method)));
    shared.values().forEach(GildRuntime::closeIfPossible);
    applications.all().forEach(application -> application.threads().close());
    applications.forget();
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

  /** Collects what a runtime is made of; not thread-safe. */
  public static final class Builder {

    private final List<StageProvider> providers = new ArrayList<>();
    private final List<CallListener> listeners = new ArrayList<>();
    private final List<ContextCarrier> carriers = new ArrayList<>();
    private Clock clock = Clock.SYSTEM;
    private RandomGenerator random = new SharedRandom();
    private Settings settings = Settings.defaults();
    private Mode mode = Mode.ENFORCE;
    private @Nullable Function<MethodSpec, Policies> policySource;

    private Builder() {}

    /**
     * Adds all modules that the service loader finds.
     *
     * @param loader the loader to look in
     * @return this builder
     */
    public Builder discover(@Nullable ClassLoader loader) {
      for (SettingsModule module : ServiceLoader.load(SettingsModule.class, loader)) {
        if (module instanceof GildModule known) {
          module(known);
        }
      }
      return this;
    }

    /**
     * Adds all that a module brings.
     *
     * @param module the module
     * @return this builder
     */
    public Builder module(GildModule module) {
      providers.addAll(module.stages());
      listeners.addAll(module.listeners());
      carriers.addAll(module.carriers());
      return this;
    }

    /**
     * Adds stages.
     *
     * @param provider makes the stages of one phase
     * @return this builder
     */
    public Builder stages(StageProvider provider) {
      providers.add(provider);
      return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener hears of all calls
     * @return this builder
     */
    public Builder listener(CallListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Sets the clock.
     *
     * @param value the clock
     * @return this builder
     */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /**
     * Sets the source of randomness.
     *
     * @param value the generator
     * @return this builder
     */
    public Builder random(RandomGenerator value) {
      random = value;
      return this;
    }

    /**
     * Sets the settings, from which policies, tiers, budgets and prices come.
     *
     * @param value the settings
     * @return this builder
     */
    public Builder settings(Settings value) {
      settings = value;
      return this;
    }

    /**
     * Sets the mode for when the settings name none; {@link Mode#ENFORCE} unless set.
     *
     * @param value the mode
     * @return this builder
     */
    public Builder modeUnlessGiven(Mode value) {
      mode = value;
      return this;
    }

    /**
     * Sets where policies come from, instead of the settings.
     *
     * @param value gives the policies of a method
     * @return this builder
     */
    public Builder policies(Function<MethodSpec, Policies> value) {
      policySource = value;
      return this;
    }

    /**
     * Builds the runtime.
     *
     * @return a runtime without any methods yet
     */
    public GildRuntime build() {
      return new GildRuntime(this);
    }
  }
}
