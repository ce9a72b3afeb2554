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
 * A method of an HTTP client on the path of a request. A failure to read the client's own objects
 * is logged once, and the client continues.
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
   * Returns the exception that a client gets when a request must not be sent: a type that its
   * callers expect, that the client does not retry and that does not kill one of its own threads.
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

  /** A request whose response is there when the method returns. */
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

  /** A method of which only the result is read. */
  abstract static class Returned extends WovenCall.Watched {

    /** Receives the result; null if there is none. */
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

  /** Ends a request by one of the client's own methods, from any thread. */
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
