package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import io.gild.core.StreamListener;
import io.gild.weaver.Foreign;
import io.gild.weaver.OwnMethod;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.ReplayDiverged;
import io.gild.weaver.spi.Tape;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A run of a tool that a model requested; if it has a side effect, a further attempt of the agent
 * gets the result of the first run.
 */
final class ToolJoinPoint implements JoinPoint {

  private final LibraryMethods methods;
  private final String className;
  private final ToolDialect dialect;
  private final String streamType;

  /**
   * Creates the join point of a method that returns the result.
   *
   * @param methods the library's methods
   * @param className the library's type of its tools
   * @param dialect reads the calls
   */
  ToolJoinPoint(LibraryMethods methods, String className, ToolDialect dialect) {
    this(methods, className, dialect, "");
  }

  /**
   * Creates the join point of a method that returns a stream of the result.
   *
   * @param methods the library's methods
   * @param className the library's type of its tools
   * @param dialect reads the calls
   * @param streamType binary name of the return type; empty for the result itself
   */
  ToolJoinPoint(LibraryMethods methods, String className, ToolDialect dialect, String streamType) {
    this.methods = methods;
    this.className = className;
    this.dialect = dialect;
    this.streamType = streamType;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable {
    AgentCall outer = AgentCall.current();
    boolean inner =
        outer != null && outer.method().spec().kind() == CallKind.TOOL && outer.self() == self;
    if (inner || OwnMethod.passes(this)) {
      return null;
    }
    String name;
    Object input;
    try {
      name = dialect.name(self, arguments);
      input = dialect.input(self, arguments);
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading the call of a tool", fault);
      return null;
    }
    GovernedMethod method =
        name.isEmpty() ? null : methods.get(LibraryMethod.tool(className, name), self);
    if (method == null) {
      return null;
    }
    Tape tape = methods.tape();
    if (tape.turns() && handle != null && streamType.isEmpty()) {
      return taped(tape, method, name, self, input, handle.type().returnType());
    }
    return streamType.isEmpty() || self == null || handle == null
        ? method.begin(self, input)
        : stream(method, self, arguments, input, handle);
  }

  /** Records the tool, or replays it without running it. */
  private WovenCall taped(
      Tape tape,
      GovernedMethod method,
      String name,
      @Nullable Object self,
      @Nullable Object input,
      Class<?> type) {
    Tape.Exchange exchange;
    try {
      exchange = TapedTool.begin(tape, className, name, input);
    } catch (ReplayDiverged diverged) {
      return WovenCall.Settled.throwing(diverged);
    }
    if (!tape.replays()) {
      return new Recorded(method.begin(self, input), exchange);
    }
    try {
      return WovenCall.Settled.returning(
          method.call(self, given -> TapedTool.fromPlain(type, exchange.response()), input));
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
  }

  /** A run that is recorded as one exchange, also if it is retried. */
  private static final class Recorded extends WovenCall {

    private final AgentCall call;
    private final Tape.Exchange exchange;

    Recorded(AgentCall call, Tape.Exchange exchange) {
      this.call = call;
      this.exchange = exchange;
    }

    @Override
    public boolean proceed() {
      return call.proceed() || over();
    }

    /** Records the end; the call does not continue. */
    private boolean over() {
      TapedTool.over(exchange, call.failure() == null ? call.value() : null, call.failure());
      return false;
    }

    @Override
    public boolean repeats(@Nullable Object returned, @Nullable Throwable thrown) {
      if (thrown == null) {
        call.returned(returned);
      } else {
        call.threw(thrown);
      }
      return proceed();
    }

    @Override
    public @Nullable Object result() {
      return call.value();
    }

    @Override
    public @Nullable Throwable failure() {
      return call.failure();
    }
  }

  private WovenCall stream(
      GovernedMethod method,
      Object self,
      @Nullable Object[] arguments,
      @Nullable Object input,
      MethodHandle handle)
      throws ClassNotFoundException {
    OwnMethod own = new OwnMethod(this, self, handle);
    Class<?> type = Foreign.type(self, streamType);
    try {
      return WovenCall.Settled.returning(
          method.callStream(
              type,
              self,
              governed -> own.run(arguments),
              StreamListener.Factory.NONE,
              true,
              input));
    } catch (Throwable failure) {
      return WovenCall.Settled.throwing(failure);
    }
  }
}
