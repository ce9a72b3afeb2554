package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Policies;
import io.gild.core.spi.AttemptRunner;
import io.gild.core.spi.ContextCarrier;
import io.gild.core.spi.Controllable;
import io.gild.core.spi.LastingState;
import io.gild.core.spi.Stage;
import io.gild.core.spi.VersionChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A method whose calls pass the pipeline; compiled once from its policies and shared by all
 * callers.
 *
 * <p>Thread-safe. When settings change, the runtime gives it a new plan; running calls keep theirs.
 */
@Experimental
public final class GovernedMethod extends MethodScope {

  private final boolean model;
  private final Plan emptyPlan;
  private final AtomicReference<@Nullable VersionChoice> versions;
  private volatile Plan plan;

  GovernedMethod(
      RuntimeScope runtime,
      Application application,
      MethodSpec spec,
      MethodTotals totals,
      CallListeners listeners,
      AtomicReference<@Nullable VersionChoice> versions,
      @Nullable MethodVariant variant) {
    super(runtime, application, spec, totals, variant);
    this.versions = versions;
    this.model = spec.kind().isModel();
    this.emptyPlan = Plan.empty(this, listeners);
    this.plan = emptyPlan;
  }

  /** Returns the plan of calls that another runtime governs. */
  Plan emptyPlan() {
    return emptyPlan;
  }

  /**
   * Begins a call on the current thread; {@link AgentCall} shows how it goes on.
   *
   * @param self the object, or {@code null} for a static method
   * @param arguments the arguments, boxed; the array is kept and may be written to
   * @return the call, which is the thread's current one until it is over
   */
  public AgentCall begin(@Nullable Object self, @Nullable Object... arguments) {
    ChosenVersion chosen = chosen(self, arguments);
    if (chosen == null) {
      return drive(null, self, arguments);
    }
    if (chosen.code() == null || chosen.method() == this) {
      return chosen.method().drive(chosen.decision(), self, arguments);
    }
    GildLog.infoOnce(
        spec().className()
            + "#"
            + spec().methodName()
            + " runs on its caller's thread and stack, where no other code can take its place: the"
            + " present version answers.");
    return drive(null, self, arguments);
  }

  /** Returns the version that answers a call; null if this method does. */
  private @Nullable ChosenVersion chosen(@Nullable Object self, @Nullable Object[] arguments) {
    VersionChoice choice = versions.get();
    if (choice == null || variant() != null) {
      return null;
    }
    try {
      return choice.choose(this, self, arguments);
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Choosing the version of " + spec().id(), fault);
      return null;
    }
  }

  private DrivenCall drive(
      @Nullable Object decision, @Nullable Object self, @Nullable Object[] arguments) {
    counts().add(Counts.Event.STARTED);
    DrivenCall call = DrivenCall.begin(plan, self, arguments);
    if (decision != null) {
      call.decision(decision);
    }
    if (model && call.parent() == null) {
      counts().add(Counts.Event.OUTERMOST_MODEL);
    }
    return call;
  }

  /**
   * Returns whether calls have to be made with {@link #call}, because an attempt may run on another
   * thread or complete later.
   *
   * @return {@code false} if {@link #begin} is enough
   */
  public boolean detached() {
    VersionChoice choice = versions.get();
    return plan.detached() || (choice != null && choice.concerns(this));
  }

  /**
   * Returns whether no policy applies, so that the method can be run directly: nothing is then
   * counted, measured or allocated.
   *
   * @return {@code true} if {@link #begin} and {@link #call} would change nothing
   */
  public boolean idle() {
    VersionChoice choice = versions.get();
    return choice == null
        ? plan.idle()
        : choice.isInside(this) || (plan.idle() && !choice.concerns(this));
  }

  /**
   * Makes a whole call.
   *
   * @param self the object, or {@code null} for a static method
   * @param body the method's own code
   * @param arguments the arguments, boxed
   * @return the result: the very object the method returned if no policy acts; else, for a method
   *     that returns a stage, a {@link CompletableFuture}
   */
  public @Nullable Object call(@Nullable Object self, Body body, @Nullable Object... arguments) {
    ChosenVersion chosen = chosen(self, arguments);
    return chosen == null
        ? answer(null, self, body, arguments)
        : make(chosen, self, body, arguments);
  }

  private static @Nullable Object make(
      ChosenVersion chosen, @Nullable Object self, Body body, @Nullable Object[] arguments) {
    Object result;
    try {
      result = chosen.method().answer(chosen.decision(), self, chosen.code(body), arguments);
    } catch (Throwable failure) {
      chosen.failed(failure);
      throw failure;
    }
    return chosen.notified(result);
  }

  private @Nullable Object answer(
      @Nullable Object decision, @Nullable Object self, Body body, @Nullable Object[] arguments) {
    if (shape == ResultShape.FUTURE) {
      return callFuture(decision, self, body, arguments);
    }
    if (shape == ResultShape.STREAM) {
      // The money of a stream can only be counted by a stream of Gild's in its place.
      return plan.watches() && !plan.policies.countStreams()
          ? watch(decision, self, body, arguments)
          : stream(decision, self, body, arguments);
    }
    DrivenCall call = drive(decision, self, arguments);
    AttemptRunner runner = call.runner();
    while (call.proceed()) {
      try {
        call.returned(runner == null ? body.run(call.arguments()) : runner.run(call, body));
      } catch (Throwable failure) {
        call.threw(failure);
      }
    }
    return call.result();
  }

  /**
   * Makes a call of a method that returns a stage.
   *
   * <p>If no policy acts, the caller gets the method's own stage. Else it gets one of the same
   * class where the class allows that, or the method's own one if that has completed already and no
   * policy changed its result. In both cases, {@code null} and an exception that the method throws
   * at once are passed on unchanged.
   */
  private @Nullable Object callFuture(
      @Nullable Object decision, @Nullable Object self, Body body, @Nullable Object... arguments) {
    return watches()
        ? watch(decision, self, body, arguments)
        : new AsyncCall(drive(decision, self, arguments), body).run();
  }

  /** Whether no policy acts on a call that begins now. */
  private boolean watches() {
    AgentCall outer = AgentCall.current();
    return (outer == null ? plan : plan.inside(outer.carried())).watches();
  }

  private @Nullable Object watch(
      @Nullable Object decision, @Nullable Object self, Body body, @Nullable Object[] arguments) {
    return new WatchedCall(drive(decision, self, arguments), body).run();
  }

  /**
   * Makes a call whose result comes later although the method's return type does not say so, such
   * as a stream that is handed to a callback.
   *
   * @param self the object, or {@code null}
   * @param body the method's own code; it returns a {@link java.util.concurrent.CompletionStage} of
   *     the attempt's result
   * @param arguments the arguments, boxed
   * @return completes when the call is over
   */
  public CompletableFuture<@Nullable Object> callAsync(
      @Nullable Object self, Body body, @Nullable Object... arguments) {
    ChosenVersion chosen = chosen(self, arguments);
    return chosen == null
        ? new AsyncCall(drive(null, self, arguments), body).start()
        : new AsyncCall(
                chosen.method().drive(chosen.decision(), self, arguments), chosen.code(body))
            .start();
  }

  /**
   * Makes a call as {@link #callAsync} does, of a method that only its caller can repeat or cancel:
   * no policy repeats it, and no time limit bounds it.
   *
   * @param self the object, or {@code null}
   * @param body the method's own code; it returns a {@link java.util.concurrent.CompletionStage} of
   *     the result
   * @param arguments the arguments, boxed
   * @return completes when the call is over; cancelling it cancels the call
   */
  public CompletableFuture<@Nullable Object> callOnce(
      @Nullable Object self, Body body, @Nullable Object... arguments) {
    // The code of another version would not know the continuation of the caller.
    ChosenVersion chosen = chosen(self, arguments);
    DrivenCall call =
        chosen == null
            ? drive(null, self, arguments)
            : chosen.method().drive(chosen.decision(), self, arguments);
    call.once();
    return new AsyncCall(call, body).start();
  }

  private @Nullable Object stream(
      @Nullable Object decision, @Nullable Object self, Body body, @Nullable Object[] arguments) {
    String descriptor = spec().descriptor();
    String name =
        descriptor
            .substring(descriptor.indexOf(')') + 2, descriptor.length() - 1)
            .replace('/', '.');
    if (name.equals("java.util.Iterator")) {
      GovernedIterator<Object> elements = own(decision, self, body, arguments);
      return elements.isAbsent() ? null : elements;
    }
    if (name.equals("java.util.stream.Stream")) {
      GovernedIterator<Object> elements = own(decision, self, body, arguments);
      return elements.isAbsent() ? null : GovernedSpliterator.stream(elements);
    }
    ClassLoader loader =
        self == null
            ? Thread.currentThread().getContextClassLoader()
            : self.getClass().getClassLoader();
    Class<?> type;
    try {
      type = Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError fault) {
      GildLog.faultOnce("Streams of " + spec().id(), fault);
      return run(body, arguments);
    }
    return makeStream(decision, type, self, body, StreamListener.Factory.NONE, false, arguments);
  }

  /** Pulls a stream that the caller, and not Gild, closes. */
  private GovernedIterator<Object> own(
      @Nullable Object decision, @Nullable Object self, Body body, @Nullable Object[] arguments) {
    return new GovernedIterator<>(
        drive(decision, self, arguments), body, StreamListener.Factory.NONE, false);
  }

  private static @Nullable Object run(Body body, @Nullable Object[] arguments) {
    try {
      return body.run(arguments);
    } catch (Throwable failure) {
      throw Sneaky.propagate(failure);
    }
  }

  /**
   * Makes a pushed stream of which each subscription is a call: the method's own code runs at each
   * subscription, and the call is judged when the stream ends.
   *
   * @param streamType the type of the stream as the application's class loader knows it: a
   *     publisher of the JDK or of Reactive Streams, or one of Reactor or RxJava 3
   * @param self the object, or {@code null}
   * @param body the method's own code; returns a stream of that type
   * @param listeners receive the elements of each attempt before the subscriber
   * @param whole whether all elements are one answer, which is kept and passed on when it is
   *     complete
   * @param arguments the arguments, boxed; each call has a copy
   * @return a stream of that type; if the type is not as expected, what the body returns
   */
  public @Nullable Object callStream(
      Class<?> streamType,
      @Nullable Object self,
      Body body,
      StreamListener.Factory listeners,
      boolean whole,
      @Nullable Object... arguments) {
    return makeStream(null, streamType, self, body, listeners, whole, arguments);
  }

  private @Nullable Object makeStream(
      @Nullable Object decision,
      Class<?> streamType,
      @Nullable Object self,
      Body body,
      StreamListener.Factory listeners,
      boolean whole,
      @Nullable Object[] arguments) {
    StreamShape known = StreamShape.of(streamType);
    if (known == null) {
      return run(body, arguments);
    }
    AgentCall around = AgentCall.current();
    try {
      return known.make(subscriber ->
          subscribe(decision, known, subscriber, around, self, body, listeners, whole, arguments));
    } catch (ReflectiveOperationException fault) {
      GildLog.faultOnce("Streams of " + streamType.getName(), fault);
      return run(body, arguments);
    }
  }

  private void subscribe(
      @Nullable Object decision,
      StreamShape known,
      Flow.Subscriber<? super Object> subscriber,
      @Nullable AgentCall around,
      @Nullable Object self,
      Body body,
      StreamListener.Factory listeners,
      boolean whole,
      @Nullable Object[] arguments) {
    AgentCall previous = AgentCall.current();
    if (previous == null && around != null) {
      CurrentCall.enter(around);
    }
    try {
      ContextCarrier.Captured outside = runtime().captureContext();
      ChosenVersion chosen = decision == null ? chosen(self, arguments) : null;
      DrivenCall call =
          chosen == null
              ? drive(decision, self, arguments.clone())
              : chosen.method().drive(chosen.decision(), self, arguments.clone());
      Body code = chosen == null ? body : chosen.code(body);
      new StreamSubscription(known, code, listeners, subscriber, call, outside, whole)
          .start(subscriber);
    } finally {
      CurrentCall.leave(previous);
    }
  }

  /**
   * Makes a call whose result is pulled element by element; its first attempt is opened at once.
   *
   * @param self the object, or {@code null}
   * @param body the method's own code; returns an {@link java.util.Iterator}, an {@link Iterable}
   *     or a {@link java.util.stream.BaseStream}, closed at its end if it can be
   * @param listeners receive the elements of each attempt before the caller
   * @param arguments the arguments, boxed
   * @param <T> type of the elements
   * @return the elements; to be closed if they are not pulled to the end
   */
  public <T> GovernedIterator<T> pull(
      @Nullable Object self,
      Body body,
      StreamListener.Factory listeners,
      @Nullable Object... arguments) {
    ChosenVersion chosen = chosen(self, arguments);
    return chosen == null
        ? new GovernedIterator<>(drive(null, self, arguments), body, listeners, true)
        : new GovernedIterator<>(
            chosen.method().drive(chosen.decision(), self, arguments),
            chosen.code(body),
            listeners,
            true);
  }

  /**
   * Returns the state of the policies that outlives calls, such as that of circuit breakers.
   *
   * @return words such as {@code open}, by names that are unique in the runtime
   */
  public Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    for (Stage stage : plan.stages) {
      if (stage instanceof LastingState lasting) {
        states.putAll(lasting.states());
      }
    }
    return states;
  }

  /**
   * Returns the policies that people can look at and operate.
   *
   * @return the stages that have controls
   */
  public List<Controllable> controllables() {
    List<Controllable> all = new ArrayList<>();
    for (Stage stage : plan.stages) {
      if (stage instanceof Controllable controllable) {
        all.add(controllable);
      }
    }
    return all;
  }

  /**
   * Sets the state of the policies that outlives calls.
   *
   * @param states states as {@link #states} returned them; those of other methods are ignored
   * @throws IllegalArgumentException if a policy of this method has no such state
   */
  public void resume(Map<String, String> states) {
    for (Stage stage : plan.stages) {
      if (stage instanceof LastingState lasting) {
        lasting.resume(states);
      }
    }
  }

  @Override
  public Policies policies() {
    return plan.policies;
  }

  void plan(Plan newPlan) {
    Plan previous = plan;
    plan = newPlan;
    previous.retire();
  }

  /** Ends what the method publishes, when it is no longer used. */
  void retire() {
    plan.retire();
  }
}
