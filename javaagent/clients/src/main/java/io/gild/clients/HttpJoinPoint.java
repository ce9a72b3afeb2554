package io.gild.clients;

import io.gild.core.CallRefused;
import io.gild.core.GildLog;
import io.gild.weaver.Foreign;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.net.ProtocolException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A method of an HTTP client, on the way of a request. What goes wrong in reading the client's own
 * objects is logged once, and the client goes on.
 */
abstract class HttpJoinPoint implements JoinPoint {

  /** Begins to watch a run of the method; null to leave it alone. */
  abstract @Nullable Object watch(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable;

  @Override
  public final @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    try {
      return watch(self, arguments);
    } catch (CallRefused refusal) {
      return WovenCall.Settled.throwing(stop(refusal));
    } catch (Throwable fault) {
      GildLog.faultOnce("Watching a request", fault);
      return null;
    }
  }

  /**
   * Returns what a client meets when a request may not go out: what its callers expect of it, and
   * what it neither tries again nor lets kill a thread of its own.
   */
  static ProtocolException stop(CallRefused refusal) {
    ProtocolException stop = new ProtocolException(refusal.getMessage());
    stop.initCause(refusal);
    return stop;
  }

  @Override
  public final boolean wantsHandle() {
    return false;
  }

  /** Reads the status of a response. */
  @FunctionalInterface
  interface Answer {
    void end(SentRequest request, Object response) throws Throwable;
  }

  /** A request that is answered when the method returns. */
  static final class Exchange extends WovenCall.Watched {

    private final SentRequest request;
    private final Answer answer;

    Exchange(SentRequest request, Answer answer) {
      this.request = request;
      this.answer = answer;
    }

    @Override
    public void over() {
      Throwable failure = failure();
      if (failure == null) {
        end(request, answer, result());
      } else {
        request.failed(failure);
      }
    }
  }

  /** A method whose result is all there is to see. */
  abstract static class Returned extends WovenCall.Watched {

    /** Takes the result; null if there is none. */
    abstract void returned(@Nullable Object value);

    @Override
    public void over() {
      returned(result());
    }
  }

  static void end(SentRequest request, Answer answer, @Nullable Object response) {
    try {
      if (response != null) {
        answer.end(request, response);
      }
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading a response", fault);
    }
  }

  /** Ends a request by a method of the client's own, from any thread. */
  static void end(Object request, String method) {
    try {
      Foreign.call(request, method);
    } catch (Throwable fault) {
      throw new IllegalStateException(fault);
    }
  }

  static @Nullable CompletionStage<?> stage(@Nullable Object value) {
    return value instanceof CompletionStage<?> stage ? stage : null;
  }
}
