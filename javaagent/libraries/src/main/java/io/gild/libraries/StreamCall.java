package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.CallContext;
import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import io.gild.weaver.Foreign;
import io.gild.weaver.spi.WovenCall;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A streamed call: each attempt has its own handler, and the application's handler receives only
 * the final outcome, or chunks that cannot be taken back.
 *
 * <p>The outcome is recorded when the stream ends. After a chunk of the answer has been passed on,
 * there is no further attempt.
 */
final class StreamCall {

  private final GovernedMethod method;
  private final WovenRequest request;
  private final StreamHandler handler;

  /** The outer call, to which the handler's next actions belong. */
  private final @Nullable AgentCall around = AgentCall.current();

  private volatile boolean acts;
  private volatile @Nullable Attempt present;
  private volatile @Nullable Throwable thrown;

  StreamCall(GovernedMethod method, WovenRequest request, StreamHandler handler) {
    this.method = method;
    this.request = request;
    this.handler = handler;
  }

  WovenCall start(@Nullable Object self) {
    CompletableFuture<@Nullable Object> outcome =
        method.callAsync(self, this::attempt, request.governedArguments());
    Throwable early = thrown;
    if (early != null && outcome.isCompletedExceptionally() && failureOf(outcome) == early) {
      return WovenCall.Settled.throwing(early);
    }
    outcome.whenComplete(this::deliver);
    return WovenCall.Settled.returning(null);
  }

  private static @Nullable Throwable failureOf(CompletableFuture<@Nullable Object> outcome) {
    try {
      outcome.join();
      return null;
    } catch (CompletionException failed) {
      return failed.getCause();
    }
  }

  private Object attempt(@Nullable Object[] governed) throws Throwable {
    AgentCall call = AgentCall.current();
    acts = call != null && WovenRequest.acts(call);
    Attempt attempt = new Attempt(call);
    present = attempt;
    thrown = null;
    try {
      attempt.wire.around(() -> request.runWith(handler.proxy(attempt)));
    } catch (Throwable failure) {
      thrown = failure;
      throw failure;
    }
    return attempt.outcome;
  }

  /** Notifies the application of the end, on the thread that reported it. */
  private void deliver(@Nullable Object value, @Nullable Throwable failure) {
    AgentCall outer = around == null ? null : CallContext.live(around);
    if (outer == null) {
      tell(value, failure);
      return;
    }
    AgentCall previous = CallContext.join(outer);
    try {
      tell(value, failure);
    } finally {
      CallContext.leave(previous);
    }
  }

  private void tell(@Nullable Object value, @Nullable Throwable failure) {
    Attempt last = present;
    present = null;
    try {
      if (failure == null) {
        succeed(value, last);
      } else if (failure instanceof TruncatedAnswer truncated
          && truncated.response() != null
          && !acts) {
        handler.complete(truncated.response());
      } else {
        handler.error(failure);
      }
    } catch (Throwable fault) {
      deliverFault(fault);
    }
  }

  private void succeed(@Nullable Object value, @Nullable Attempt last) throws Throwable {
    if (last != null && last.completed && last.response == value) {
      handler.complete(value);
      return;
    }
    Object response;
    String text;
    try {
      response = policyAnswer(value);
      text = request.dialect().text(response);
    } catch (Throwable fault) {
      GildLog.faultOnce("Answering for a model", fault);
      request.runWith(handler.own());
      return;
    }
    if (last == null || !last.streamed) {
      handler.partial(text);
    }
    handler.complete(response);
  }

  private Object policyAnswer(@Nullable Object value) throws Throwable {
    Object response = request.response(value);
    if (response == null || !request.dialect().isResponse(response)) {
      throw new IllegalStateException("a policy answered a stream with " + value);
    }
    return response;
  }

  /** A handler that throws is notified of its exception, as the library does. */
  private void deliverFault(Throwable fault) {
    try {
      handler.error(fault);
    } catch (Throwable again) {
      GildLog.faultOnce("A stream's handler", again);
    }
  }

  /** The handler of one attempt's stream; it is ignored after the next attempt has begun. */
  private final class Attempt implements InvocationHandler {

    private final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
    private final @Nullable AgentCall call;
    private final TapedModel.Recording recording = request.taped().listen();
    private final WireWatch wire = new WireWatch(this::transportClosed);
    private volatile boolean streamed;
    private volatile boolean completed;

    /** The end of the model's own stream. */
    private volatile @Nullable Object response;

    Attempt(@Nullable AgentCall call) {
      this.call = call;
    }

    @Override
    public @Nullable Object invoke(
        Object proxy, Method callback, @Nullable Object @Nullable [] arguments) throws Throwable {
      if (callback.getDeclaringClass() == Object.class) {
        return ofObject(proxy, callback, arguments);
      }
      Object first = arguments == null ? null : arguments[0];
      if (callback.getName().equals("onCompleteResponse")) {
        complete(first);
        return null;
      }
      if (first instanceof Throwable failure && callback.getName().equals("onError")) {
        recording.failed(failure);
        outcome.completeExceptionally(failure);
        return null;
      }
      if (callback.getName().equals("onPartialResponse") && first != null) {
        recording.chunk(first instanceof String text ? text : Foreign.text(first, "text"));
      }
      if (present != this || outcome.isDone()) {
        return null;
      }
      streamed = true;
      if (call != null) {
        call.delivered();
      }
      return handler.forward(callback, arguments);
    }

    /** Not every library reports that its stream was cut off: Ollama's waits for its last line. */
    private void transportClosed() {
      if (acts && wire.isBrokenOff()) {
        outcome.completeExceptionally(new TruncatedAnswer(null));
      }
    }

    private void complete(@Nullable Object ended) {
      recording.answered(ended);
      boolean decodedNoEnd = Boolean.FALSE.equals(StreamEnds.last(call));
      ReadAnswer answer = request.record(call, ended, wire.tokens());
      boolean stopped = answer != null && answer.finishReason() != null;
      if (ended != null && !stopped && (decodedNoEnd || wire.isBrokenOff())) {
        outcome.completeExceptionally(new TruncatedAnswer(ended));
      } else {
        response = ended;
        completed = true;
        outcome.complete(ended);
      }
    }

    private @Nullable Object ofObject(
        Object proxy, Method callback, @Nullable Object @Nullable [] arguments) {
      return switch (callback.getName()) {
        case "equals" -> arguments != null && arguments[0] == proxy;
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "Gild's handler of a stream";
      };
    }
  }
}
