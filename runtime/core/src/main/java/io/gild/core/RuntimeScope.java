package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Policies;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.spi.Clock;
import io.gild.core.spi.ContextCarrier;
import io.gild.core.spi.MeterSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The view of the runtime for calls and stages: settings, prices, clock, randomness, events,
 * threads and shared objects. Thread-safe.
 */
@Experimental
public abstract class RuntimeScope {

  private final Clock clock;
  private final RandomGenerator random;
  private final LiveSettings live;
  private final Carriers carriers;
  private final Threads threads = new Threads();
  private final SharedObjects shared = new SharedObjects();
  private final Map<String, MethodTotals> totals = new ConcurrentHashMap<>();
  private final Events events = new Events();
  private final AtomicLong callNumbers = new AtomicLong();
  private final AtomicInteger applicationNumbers = new AtomicInteger();
  private final Controls controls = new Controls();
  private final List<Runnable> whenChanged = new CopyOnWriteArrayList<>();
  private final Ledger ledger = new Ledger();
  private final LongAdder httpAttempts = new LongAdder();

  private final Meters meters;

  RuntimeScope(
      Clock clock,
      RandomGenerator random,
      LiveSettings live,
      Carriers carriers,
      List<MeterSpec> declared) {
    this.meters = new Meters(declared);
    this.clock = clock;
    this.random = random;
    this.live = live;
    this.carriers = carriers;
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
   * Returns the settings in effect.
   *
   * @return the settings
   */
  public Settings settings() {
    return live.settings();
  }

  /**
   * Returns the policies that the settings give a method, governed or not.
   *
   * @param spec the method
   * @return its policies now
   */
  public Policies policies(MethodSpec spec) {
    return live.policies(spec);
  }

  LiveSettings live() {
    return live;
  }

  /**
   * Returns the price of a usage.
   *
   * @param model name of the model as its provider reports it
   * @param usage tokens
   * @return billionths of a US dollar, or -1 if the model has no known price
   */
  public long price(String model, Usage usage) {
    return live.price(new PricedRequest(null, model, null, clock().now()), usage);
  }

  /**
   * Returns tokens and money since the start.
   *
   * @return the ledger
   */
  public Ledger ledger() {
    return ledger;
  }

  /**
   * Returns the events of this runtime, for subscribers.
   *
   * @return the events of calls, and those that modules add
   */
  public Events events() {
    return events;
  }

  /**
   * Adds an action that runs after settings changed.
   *
   * @param action must be quick, or hand its work to another thread; a failure is logged
   * @return removes the action; closing it twice does no harm
   */
  public AutoCloseable whenSettingsChange(Runnable action) {
    whenChanged.add(action);
    return () -> whenChanged.remove(action);
  }

  void settingsChanged() {
    for (Runnable action : whenChanged) {
      try {
        action.run();
      } catch (RuntimeException | LinkageError fault) {
        GildLog.faultOnce("Applying changed settings", fault);
      }
    }
  }

  /**
   * Returns what people can look at and operate beside the policies of methods.
   *
   * @return the controls that modules add
   */
  public Controls controls() {
    return controls;
  }

  int nextApplicationNumber() {
    return applicationNumbers.incrementAndGet();
  }

  /**
   * Returns the meters of this runtime.
   *
   * @return what modules record into and publish with
   */
  public Meters meters() {
    return meters;
  }

  long nextCallNumber() {
    return callNumbers.incrementAndGet();
  }

  /**
   * Returns the totals of the calls of each method so far, also of applications that were unloaded.
   *
   * @return a snapshot
   */
  public Collection<MethodTotals> totals() {
    return List.copyOf(totals.values());
  }

  /** Returns the totals of a method, which stay after its application was unloaded. */
  MethodTotals totals(String key, MethodSpec spec) {
    return totals.computeIfAbsent(key, absent -> new MethodTotals(spec));
  }

  /** Records one physical request to a model; calls record theirs through {@link AgentCall}. */
  public void recordHttpAttempt() {
    httpAttempts.increment();
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
   * Returns an object that stages share within this runtime.
   *
   * @param type the type of the shared object, its only key; an {@link AutoCloseable} is closed
   *     with the runtime
   * @param factory makes it at first use
   * @param <T> the type
   * @return the one object of that type
   */
  public <T> T shared(Class<T> type, Function<RuntimeScope, T> factory) {
    return shared.get(type, () -> factory.apply(this));
  }

  /**
   * Captures the ambient context of the current thread.
   *
   * @return installs it on another thread
   */
  public ContextCarrier.Captured captureContext() {
    return carriers.capture();
  }

  Carriers carriers() {
    return carriers;
  }

  /**
   * Returns the threads on which attempts run that are bounded in time.
   *
   * @return an executor of daemon threads
   */
  public ExecutorService attemptExecutor() {
    return threads.attempts();
  }

  /**
   * Returns the scheduler for waits.
   *
   * @return a scheduler on one daemon thread; its tasks must be short
   */
  public ScheduledExecutorService scheduler() {
    return threads.scheduler();
  }

  Threads threads() {
    return threads;
  }

  void closeShared() {
    shared.close();
  }
}
