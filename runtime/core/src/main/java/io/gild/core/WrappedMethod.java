package io.gild.core;

import io.gild.config.Experimental;
import java.lang.ref.WeakReference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A method that a generated wrapper or the goal {@code weave} governs.
 *
 * <p>While a javaagent is attached, the agent's runtime governs the calls, so that an application
 * has one runtime, even if the wrapper was used first. Otherwise the application's own runtime
 * does, which starts at first use. Thread-safe.
 */
@Experimental
public final class WrappedMethod {

  /** Knows the methods whose calls the agent governs. */
  private static final GildRuntime NO_POLICIES = GildRuntime.builder().build();

  /** The agent's governed method; keeps neither it nor the agent alive after a detach. */
  private record Adopted(WeakReference<Object> agent, WeakReference<Object> method) {}

  private final WeakReference<Class<?>> owner;
  private final MethodSpec spec;
  private final GovernedMethod reporting;
  private volatile @Nullable GovernedMethod own;
  private volatile @Nullable Adopted adopted;

  private WrappedMethod(Class<?> owner, MethodSpec spec) {
    this.owner = new WeakReference<>(owner);
    this.spec = spec;
    this.reporting = NO_POLICIES.unlisted(spec);
  }

  /**
   * Finds a method of a class that was compiled with Gild's processor.
   *
   * <p>It never throws: a method without a registry entry has no declared policies, and a registry
   * that cannot be read is logged once.
   *
   * @param owner the class that the annotations are written on
   * @param name name of the method
   * @param descriptor its erased descriptor
   * @return the method
   */
  public static WrappedMethod of(Class<?> owner, String name, String descriptor) {
    MethodSpec written = null;
    try {
      written = AgentRegistry.find(owner, name, descriptor);
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("Reading the registry of " + owner.getName(), fault);
    }
    MethodSpec known =
        written == null
            ? MethodSpec.of(owner.getSimpleName(), owner.getName(), name, descriptor)
            : written;
    return new WrappedMethod(owner, known.asWrapped());
  }

  /**
   * Describes a method that code makes, such as a step of a workflow; policies act as they do on
   * annotated methods.
   *
   * @param owner a class of the application that the method is a part of
   * @param spec the description
   * @return the method
   */
  public static WrappedMethod of(Class<?> owner, MethodSpec spec) {
    return new WrappedMethod(owner, spec.asWrapped());
  }

  /**
   * Returns whether no policy applies, so that the method can be run directly.
   *
   * @return {@code true} if {@link #begin} and {@link #call} would change nothing
   */
  public boolean idle() {
    return agent() == null && own().idle();
  }

  /**
   * Returns whether calls have to be made with {@link #call}: an attempt may run on another thread
   * or complete later, or the javaagent governs the call.
   *
   * @return {@code false} if {@link #begin} is enough
   */
  public boolean detached() {
    return agent() != null || own().detached();
  }

  /**
   * Begins a call on the current thread; {@link AgentCall} shows how it goes on.
   *
   * @param self the object, or {@code null} for a static method
   * @param arguments the arguments, boxed; the array is kept and may be written to
   * @return the call, which is the thread's current one until it is over
   */
  public AgentCall begin(@Nullable Object self, @Nullable Object... arguments) {
    return own().begin(self, arguments);
  }

  /**
   * Makes a whole call.
   *
   * @param self the object, or {@code null} for a static method
   * @param body the method's own code
   * @param arguments the arguments, boxed
   * @return the result
   */
  public @Nullable Object call(@Nullable Object self, Body body, @Nullable Object... arguments) {
    Object agent = agent();
    Object method = agent == null ? null : adopted(agent);
    return method == null
        ? own().call(self, body, arguments)
        : Attachment.call(method, self, given -> run(self, body, given), arguments);
  }

  /** Runs the method's own code inside of a call that reports to the agent. */
  private @Nullable Object run(@Nullable Object self, Body body, @Nullable Object given) {
    @Nullable Object[] arguments = (Object[]) Objects.requireNonNull(given);
    AgentCall previous =
        CurrentCall.enter(DrivenCall.reporting(reporting.emptyPlan(), self, arguments));
    try {
      return spec.effect() == Effect.SIDE_EFFECT
          ? EffectEntries.run(spec, body, arguments)
          : body.run(arguments);
    } catch (Throwable failure) {
      throw Sneaky.propagate(failure);
    } finally {
      CurrentCall.leave(previous);
    }
  }

  private static @Nullable Object agent() {
    return GildRuntime.isReplaced() ? null : Attachment.agent();
  }

  private @Nullable Object adopted(Object agent) {
    Adopted known = adopted;
    Object method = known == null || known.agent.get() != agent ? null : known.method.get();
    if (method == null) {
      method = Attachment.adopt(owner.get(), AgentRegistry.write(spec));
      if (method != null) {
        adopted = new Adopted(new WeakReference<>(agent), new WeakReference<>(method));
      }
    }
    return method;
  }

  private GovernedMethod own() {
    GovernedMethod known = own;
    GildRuntime runtime = GildRuntime.global();
    if (known == null || known.runtime() != runtime) {
      Class<?> type = owner.get();
      known = type == null ? runtime.method(spec) : runtime.method(runtime.application(type), spec);
      own = known;
    }
    return known;
  }
}
