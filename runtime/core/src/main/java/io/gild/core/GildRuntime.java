package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Mode;
import io.gild.config.Policies;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.Clock;
import io.gild.core.spi.MeterSpec;
import io.gild.core.spi.StageProvider;
import io.gild.core.spi.VariantPlan;
import io.gild.core.spi.VersionChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Governs methods: compiles their policies, and provides their calls with one clock, randomness,
 * threads and listeners.
 *
 * <p>An application has one, {@link #global()}; tests build their own. Thread-safe.
 */
@Experimental
public final class GildRuntime extends RuntimeScope implements AutoCloseable {

  private static volatile @Nullable GildRuntime global;
  private static volatile boolean replaced;

  private final Applications applications = new Applications(this);
  private final CallListeners listeners;
  private final PlanCompiler compiler;
  private final AtomicReference<@Nullable VersionChoice> versions = new AtomicReference<>();
  private volatile boolean closed;

  GildRuntime(
      Clock clock,
      RandomGenerator random,
      LiveSettings live,
      Carriers carriers,
      CallListeners listeners,
      List<StageProvider> providers,
      List<MeterSpec> declared) {
    super(clock, random, live, carriers, declared);
    this.listeners = listeners;
    this.compiler = new PlanCompiler(this, listeners, providers);
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
   * Starts the runtime of this application with settings that a framework read. If it runs already,
   * it takes over the settings; one that the application set itself keeps its own. A closed one is
   * replaced, and wrappers stay with the new one. Problems of the settings are logged.
   *
   * @param settings the settings
   * @return the runtime
   */
  public static GildRuntime start(Settings settings) {
    GildRuntime known;
    synchronized (GildRuntime.class) {
      known = global;
      if (known == null || known.closed && !replaced) {
        GildRuntime started = Threads.neutrally(() -> SettingsFile.start(settings));
        global = started;
        return started;
      }
    }
    if (!replaced) {
      SettingsFile.log(settings);
      known.reload(settings);
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
   * @return {@code true} while an agent is attached and the application did not set its own runtime
   */
  public static boolean isAttached() {
    return !replaced && Attachment.agent() != null;
  }

  /**
   * Returns a builder without any stages, on the machine's clock.
   *
   * @return a new builder
   */
  public static RuntimeBuilder builder() {
    return new RuntimeBuilder();
  }

  /**
   * Returns the governed method of a description; the same description gives the same method. It is
   * kept as long as the runtime.
   *
   * @param spec the description
   * @return the method
   */
  public GovernedMethod method(MethodSpec spec) {
    return method(applications.home(), spec);
  }

  /**
   * Returns the application that a class belongs to: class loaders share neither methods nor their
   * state, and both are released with the class loader.
   *
   * @param owner a class of the application
   * @return the application
   */
  public Application application(Class<?> owner) {
    return applications.of(owner);
  }

  /**
   * Returns the governed method of a description; the same description gives the same method.
   *
   * @param application the application that the method is a part of
   * @param spec the description
   * @return the method
   */
  public GovernedMethod method(Application application, MethodSpec spec) {
    ApplicationMethods methods = methods(application);
    String key = ApplicationMethods.key(spec);
    GovernedMethod present = methods.get(key);
    if (present != null) {
      return present;
    }
    // A reload meanwhile would not see the method, which would keep the old policies forever.
    synchronized (this) {
      return methods.get(key, () -> make(application, spec, key));
    }
  }

  /**
   * Returns a governed method by a key that is cheaper to make than its description.
   *
   * @param application the application that the method is a part of
   * @param key equal keys mean equal descriptions; kept as long as the application
   * @param spec makes the description at first use
   * @return the method
   */
  public GovernedMethod method(Application application, Object key, Supplier<MethodSpec> spec) {
    ApplicationMethods methods = methods(application);
    GovernedMethod known = methods.known(key);
    return known == null ? methods.remember(key, method(application, spec.get())) : known;
  }

  /**
   * The methods are stored with the application's shared objects, so that they are released with
   * it.
   */
  private static ApplicationMethods methods(Application application) {
    return application.shared(ApplicationMethods.class, runtime -> new ApplicationMethods());
  }

  /** Makes a method of an application, while nothing is reloaded. */
  private GovernedMethod make(Application application, MethodSpec spec, String key) {
    GovernedMethod method =
        new GovernedMethod(this, application, spec, totals(key, spec), listeners, versions, null);
    method.plan(compile(method));
    return method;
  }

  /**
   * Sets what chooses the version that answers a call.
   *
   * @param choice the choice, or {@code null} if there is one version again
   */
  public void chooseVersions(@Nullable VersionChoice choice) {
    versions.set(choice);
  }

  /**
   * Returns whether anything chooses the version that answers a call.
   *
   * @return {@code false} if there is one version, or the runtime is closed
   */
  public boolean choosesVersions() {
    return versions.get() != null;
  }

  /**
   * Makes a new version, for {@link #variant(GovernedMethod, MethodVariant, MethodSpec,
   * VariantPlan)}.
   *
   * @param version name of the version
   * @param shadow whether its calls must change nothing
   * @param settings its own settings, or {@code null} to use those of the runtime
   * @return a variant without any methods yet
   */
  public MethodVariant newVariant(String version, boolean shadow, @Nullable Settings settings) {
    return new MethodVariant(version, shadow, settings, live().unlessGiven());
  }

  /**
   * Returns the method of a new version; the same arguments give the same method, which shares
   * neither policies nor their state with the present one.
   *
   * @param present the method of the present version
   * @param variant the new version
   * @param spec describes the method of the new version
   * @param plan what the version adds to the plan; used when the method is made
   * @return the method, which is kept until {@link #forget}
   */
  public GovernedMethod variant(
      GovernedMethod present, MethodVariant variant, MethodSpec spec, VariantPlan plan) {
    VariantMethods variants = variants(present.application());
    GovernedMethod known = variants.get(variant, present);
    if (known != null) {
      return known;
    }
    synchronized (this) {
      return variants.get(variant, present, () -> make(present, variant, spec, plan));
    }
  }

  private VariantMethods.Variant make(
      GovernedMethod present, MethodVariant variant, MethodSpec spec, VariantPlan plan) {
    String key =
        (variant.isShadow() ? "shadow " : "version ")
            + variant.version()
            + " "
            + ApplicationMethods.key(spec);
    GovernedMethod method =
        new GovernedMethod(
            this, present.application(), spec, totals(key, spec), listeners, versions, variant);
    method.standsInFor(present);
    method.plan(compile(method, plan));
    return new VariantMethods.Variant(method, plan);
  }

  /**
   * Removes all methods of a new version; running calls continue to their end.
   *
   * @param variant the version
   */
  public void forget(MethodVariant variant) {
    applications.all().forEach(application -> variants(application).remove(variant));
  }

  private static VariantMethods variants(Application application) {
    return application.shared(VariantMethods.class, runtime -> new VariantMethods());
  }

  /** Makes a method that is not listed, without policies. */
  GovernedMethod unlisted(MethodSpec spec) {
    return new GovernedMethod(
        this, applications.home(), spec, new MethodTotals(spec), listeners, versions, null);
  }

  private Plan compile(GovernedMethod method) {
    try {
      return compiler.compile(method, live().policies(method.spec()), null);
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Policies of " + method.spec().id(), fault);
      return method.emptyPlan();
    }
  }

  private Plan compile(GovernedMethod method, VariantPlan plan) {
    try {
      return compiler.compile(method, policies(method, plan), plan.innermost());
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Policies of " + method.spec().id(), fault);
      return method.emptyPlan();
    }
  }

  private static Policies policies(GovernedMethod method, VariantPlan plan) {
    return plan.policies(method.live().policies(method.spec()));
  }

  /**
   * Applies new settings. Running calls keep their policies, and methods whose policies did not
   * change keep their caches and breakers.
   *
   * @param changed the new settings
   */
  public void reload(Settings changed) {
    synchronized (this) {
      recompile(live().change(changed));
    }
    settingsChanged();
  }

  /**
   * Returns the mode in which policies apply to methods without a wrapper.
   *
   * @return the mode that was chosen last, or else that of the settings
   */
  public Mode mode() {
    return live().mode();
  }

  /**
   * Sets the mode of all methods, those with a wrapper included, until the settings change. Running
   * calls keep their policies. A method of a version with settings of its own keeps the mode of
   * these.
   *
   * @param mode the mode
   */
  public synchronized void chooseMode(Mode mode) {
    live().choose(mode);
    recompile(false);
  }

  private void recompile(boolean sharedChanged) {
    for (GovernedMethod method : methods()) {
      if (sharedChanged || !method.policies().equals(live().policies(method.spec()))) {
        method.plan(compile(method));
      }
    }
    for (VariantMethods.Variant variant : variants()) {
      GovernedMethod method = variant.method();
      if (sharedChanged || !method.policies().equals(policies(method, variant.plan()))) {
        method.plan(compile(method, variant.plan()));
      }
    }
  }

  private List<VariantMethods.Variant> variants() {
    List<VariantMethods.Variant> all = new ArrayList<>();
    applications.all().forEach(application -> all.addAll(variants(application).all()));
    return all;
  }

  /**
   * Follows the settings file: checks every few seconds whether it changed. Problems of a new file
   * are logged line by line, and the previous settings stay.
   *
   * @param file the file
   * @param loader reads it; throws {@link SettingsException} if it is invalid
   */
  public void follow(Path file, Function<Path, Settings> loader) {
    live().follow(file, loader, scheduler(), this::reload);
  }

  /**
   * Returns the governed methods of all applications that are in use.
   *
   * @return a snapshot
   */
  public Collection<GovernedMethod> methods() {
    List<GovernedMethod> all = new ArrayList<>();
    applications.all().forEach(application -> all.addAll(methods(application).all()));
    return all;
  }

  /**
   * Adds a listener.
   *
   * @param listener is notified of all calls from now on
   */
  public void addListener(CallListener listener) {
    listeners.add(listener);
  }

  /**
   * Removes a listener.
   *
   * @param listener is no longer notified; one that was not added is ignored
   */
  public void removeListener(CallListener listener) {
    listeners.remove(listener);
  }

  /**
   * Makes an object that may start threads, so that these inherit neither class loader nor
   * protection domains of the calling application.
   *
   * @param maker makes it
   * @param <T> its type
   * @return what it made
   */
  public static <T> T neutrally(Supplier<T> maker) {
    return Threads.neutrally(maker);
  }

  /**
   * Ends the runtime's threads: settings are no longer followed, running calls continue to their
   * end, and later calls run without policies.
   */
  @Override
  public void close() {
    closed = true;
    versions.set(null);
    live().end();
    methods().forEach(method -> method.plan(compile(method)));
    closeShared();
    applications.all().forEach(application -> application.threads().close());
    applications.forget();
  }
}
