package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.GildRuntime;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A method of an HTTP client; requests are counted as they go out.
 *
 * <p>Clients wrap clients and overloads call overloads: what runs inside of another such method is
 * the same request, unless that one has already sent another.
 */
final class HttpJoinPoint implements JoinPoint {

  private static final ThreadLocal<@Nullable Exchange> PRESENT = new ThreadLocal<>();

  private final LazyRuntime runtime;

  HttpJoinPoint(LazyRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    Exchange outer = PRESENT.get();
    if (outer == null || outer.inner++ > 0) {
      record();
    }
    Exchange exchange = new Exchange(outer);
    PRESENT.set(exchange);
    return exchange;
  }

  private void record() {
    AgentCall call = AgentCall.current();
    if (call != null) {
      call.recordHttpAttempt();
      return;
    }
    GildRuntime known = runtime.get();
    if (known != null) {
      known.recordHttpAttempt();
    }
  }

  private static final class Exchange extends WovenCall.Watched {

    private final @Nullable Exchange outer;
    private int inner;

    Exchange(@Nullable Exchange outer) {
      this.outer = outer;
    }

    @Override
    void over() {
      if (outer == null) {
        PRESENT.remove();
      } else {
        PRESENT.set(outer);
      }
    }
  }
}
