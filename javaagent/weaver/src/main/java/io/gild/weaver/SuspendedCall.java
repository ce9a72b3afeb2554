package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.CallContext;
import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import io.gild.weaver.spi.WovenCall;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call of a suspend function: the continuation that the function receives instead of its
 * caller's.
 */
final class SuspendedCall implements InvocationHandler {

  private static final String TIMED_OUT = "kotlinx.coroutines.TimeoutCancellationException";

  private final Coroutines kotlin;
  private final Object caller;
  private final OwnMethod own;
  private final Object continuation;
  private final @Nullable AgentCall around = AgentCall.current();
  private final CompletableFuture<@Nullable Object> attempt = new CompletableFuture<>();

  /**
   * Set by the first of two events, the function's return and the end of its call; the second one
   * reports the result.
   */
  private final AtomicBoolean first = new AtomicBoolean();

  private volatile Object context;
  private volatile @Nullable CompletableFuture<@Nullable Object> promise;
  private volatile @Nullable Throwable givenUp;
  private @Nullable Object result;
  private @Nullable Throwable failure;

  SuspendedCall(Coroutines kotlin, Object caller, OwnMethod own) throws Throwable {
    this.kotlin = kotlin;
    this.caller = caller;
    this.own = own;
    this.context = kotlin.context(caller);
    this.continuation = kotlin.continuation(this);
  }

  WovenCall start(GovernedMethod method, @Nullable Object self, @Nullable Object[] arguments) {
    CompletableFuture<@Nullable Object> over = method.callOnce(self, this::run, arguments);
    promise = over;
    if (givenUp != null) {
      over.cancel(false);
    }
    over.whenComplete(this::ended);
    if (first.compareAndSet(false, true)) {
      return WovenCall.Settled.returning(kotlin.suspended());
    }
    Throwable thrown = failure;
    if (thrown == null && Coroutines.isBoxed(result)) {
      resume();
      return WovenCall.Settled.returning(kotlin.suspended());
    }
    return thrown == null
        ? WovenCall.Settled.returning(result)
        : WovenCall.Settled.throwing(thrown);
  }

  private Object run(@Nullable Object[] arguments) throws Throwable {
    follow();
    @Nullable Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = continuation;
    try {
      Object returned = own.run(all);
      if (returned != kotlin.suspended()) {
        attempt.complete(returned);
      }
    } catch (CancellationException thrown) {
      failed(thrown);
    }
    return attempt;
  }

  /** Makes the code of the coroutine belong to the call, on any thread. */
  private void follow() {
    try {
      context = kotlin.contextWith(context, AgentCall.current());
    } catch (Throwable fault) {
      GildLog.faultOnce("Following a coroutine", fault);
    }
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "getContext":
        return context;
      case "resumeWith":
        Throwable thrown = kotlin.failure(arguments[0]);
        if (thrown == null) {
          attempt.complete(arguments[0]);
        } else {
          failed(thrown);
        }
        return null;
      case "getCallerFrame":
        return kotlin.frame(caller);
      case "getStackTraceElement":
        return null;
      case "equals":
        return proxy == arguments[0];
      case "hashCode":
        return System.identityHashCode(proxy);
      default:
        return "Gild around " + caller;
    }
  }

  /** A cancelled coroutine was abandoned by its owner; one that timed out has failed. */
  private void failed(Throwable thrown) {
    if (!(thrown instanceof CancellationException)
        || thrown.getClass().getName().equals(TIMED_OUT)) {
      attempt.completeExceptionally(thrown);
      return;
    }
    givenUp = thrown;
    CompletableFuture<?> known = promise;
    if (known != null) {
      known.cancel(false);
    }
  }

  private void ended(@Nullable Object answer, @Nullable Throwable thrown) {
    Throwable own = givenUp;
    result = answer;
    failure = thrown == null || own == null ? thrown : own;
    if (!first.compareAndSet(false, true)) {
      resume();
    }
  }

  /** The caller continues in its own call, possibly on this thread. */
  private void resume() {
    AgentCall here = AgentCall.current();
    CallContext.leave(around == null ? null : CallContext.live(around));
    try {
      kotlin.resume(caller, result, failure);
    } catch (Throwable fault) {
      GildLog.faultOnce("Resuming a coroutine", fault);
    } finally {
      CallContext.leave(here);
    }
  }
}
