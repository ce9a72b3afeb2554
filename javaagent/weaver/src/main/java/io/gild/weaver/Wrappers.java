package io.gild.weaver;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.AgentRegistry;
import io.gild.core.AgentTraces;
import io.gild.core.CallLabels;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.Invalidations;
import io.gild.core.MethodSpec;
import io.gild.core.TraceHeaders;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes over the calls of generated wrappers: the application's own copy of Gild calls these
 * methods to find the runtime that governs, and the woven methods return the agent.
 */
public final class Wrappers implements Library {

  private static volatile boolean adopted;

  private final LazyRuntime runtime;

  Wrappers(LazyRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (!shape.is(IgnoredClasses.ATTACHMENT)) {
      return null;
    }
    return switch (method.name()) {
      case "agent" -> new Presence(runtime);
      case "adopt" -> new Adoption(runtime);
      case "call" -> new WholeCall();
      case "recordUsage" -> new ReportedUsage();
      case "drop" -> new Dropped(runtime);
      case "label" -> new Labels();
      case "outgoing" -> new Outgoing(runtime);
      case "incoming" -> new Incoming(runtime);
      case "trace" -> new Traced(runtime);
      default -> null;
    };
  }

  /** Returns whether the current call is that of a wrapper around this method. */
  public static boolean covers(MethodSpec spec) {
    AgentCall outer = adopted ? AgentCall.current() : null;
    if (outer == null) {
      return false;
    }
    MethodSpec around = outer.method().spec();
    return around.wrapped()
        && around.methodName().equals(spec.methodName())
        && around.className().equals(spec.className())
        && around.descriptor().equals(spec.descriptor());
  }

  /** The agent's implementation of a method of {@code Attachment}. */
  private interface Answer extends JoinPoint {

    @Override
    default boolean wantsHandle() {
      return false;
    }
  }

  /** Returns that this agent is attached. */
  private record Presence(LazyRuntime runtime) implements Answer {

    @Override
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      return runtime.isBroken() ? null : WovenCall.Settled.returning(runtime);
    }
  }

  /** Makes a governed method from a description. */
  private record Adoption(LazyRuntime runtime) implements Answer {

    @Override
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      MethodSpec spec = AgentRegistry.parse(String.valueOf(arguments[1])).get(0);
      adopted = true;
      return arguments[0] instanceof Class<?> owner
          ? WovenCall.Settled.returning(runtime.method(spec.asWrapped(), owner))
          : null;
    }
  }

  /** Makes a whole call of an adopted method. */
  private record WholeCall() implements Answer {

    @Override
    @SuppressWarnings("unchecked") // so the application's copy declares it
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      if (arguments[0] instanceof GovernedMethod method
          && arguments[2] instanceof UnaryOperator<?> code
          && arguments[3] instanceof Object[] given) {
        UnaryOperator<@Nullable Object> body = (UnaryOperator<@Nullable Object>) code;
        try {
          return WovenCall.Settled.returning(
              method.idle() ? body.apply(given) : method.call(arguments[1], body::apply, given));
        } catch (Throwable failure) {
          return WovenCall.Settled.throwing(failure);
        }
      }
      return null;
    }
  }

  /** Records the application's own report of a request that no library shows. */
  private record ReportedUsage() implements Answer {

    @Override
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      AgentCall call = AgentCall.current();
      if (call != null && arguments[1] instanceof long[] tokens) {
        call.recordUsage(String.valueOf(arguments[0]), Usage.ofArray(tokens));
      }
      return WovenCall.Settled.returning(null);
    }
  }

  /** Drops cached answers by their tags. */
  private record Dropped(LazyRuntime runtime) implements Answer {

    @Override
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      GildRuntime started = runtime.started();
      if (started != null && arguments[0] instanceof String[] tags) {
        Invalidations.of(started).dropAll(Set.of(tags));
      }
      return WovenCall.Settled.returning(null);
    }
  }

  /** Labels the calls that the current thread begins. */
  private record Labels() implements Answer {

    @Override
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      if (!(arguments[0] instanceof Map<?, ?> given)) {
        return null;
      }
      Map<String, String> labels = new LinkedHashMap<>();
      given.forEach((key, value) -> labels.put(String.valueOf(key), String.valueOf(value)));
      return WovenCall.Settled.returning(CallLabels.open(labels));
    }
  }

  /** Returns the context of the agent's call, such as its span, for another process. */
  private record Outgoing(LazyRuntime runtime) implements Answer {

    @Override
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      GildRuntime started = runtime.started();
      return started == null ? null : WovenCall.Settled.returning(TraceHeaders.outgoing(started));
    }
  }

  /** Continues the call of another process. */
  private record Incoming(LazyRuntime runtime) implements Answer {

    @Override
    @SuppressWarnings("unchecked") // so the application's copy declares it
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      GildRuntime present = runtime.get();
      if (present == null || !(arguments[0] instanceof UnaryOperator<?> given)) {
        return null;
      }
      UnaryOperator<@Nullable String> headers = (UnaryOperator<@Nullable String>) given;
      return WovenCall.Settled.returning(
          TraceHeaders.incoming(present, name -> headers.apply(name)));
    }
  }

  /** Traces the application's work, such as runs and evaluations, in the agent's runtime. */
  private record Traced(LazyRuntime runtime) implements Answer {

    @Override
    public @Nullable Object enter(
        @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
      GildRuntime present = runtime.get();
      Object given = arguments[1];
      return present == null || given == null
          ? null
          : WovenCall.Settled.returning(
              AgentTraces.trace(present, String.valueOf(arguments[0]), given));
    }
  }

  /** Makes the library. */
  public static final class Provider implements LibraryProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(IgnoredClasses.ATTACHMENT);
    }

    @Override
    public Library create(LibraryContext context) {
      return new Wrappers(context.runtime());
    }
  }
}
