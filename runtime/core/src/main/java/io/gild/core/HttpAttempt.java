package io.gild.core;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One physical request to a model, from its start to its status.
 *
 * <p>It knows neither path, query, headers nor body. Thread-safe; only the first end counts.
 */
@Experimental
public final class HttpAttempt {

  private final CallReference call;
  private final @Nullable String method;
  private final String host;
  private final int port;
  private final int resendCount;
  private final boolean abandoned;
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Consumer<HttpAttempt>> listeners = new ArrayList<>(1);
  private volatile int status;
  private volatile long retryAfterMillis;
  private volatile ProviderLimits limits = ProviderLimits.UNKNOWN;
  private volatile @Nullable Throwable failure;

  HttpAttempt(
      AgentCall call,
      @Nullable String method,
      String host,
      int port,
      int resendCount,
      boolean abandoned) {
    this.abandoned = abandoned;
    this.call = call.reference();
    this.method = method;
    this.host = host;
    this.port = port;
    this.resendCount = resendCount;
  }

  /** Adds a listener for the end. */
  void whenEnded(Consumer<HttpAttempt> listener) {
    listeners.add(listener);
  }

  /**
   * Records that the request was answered.
   *
   * @param answered the HTTP status
   */
  public void ended(int answered) {
    ended(answered, 0);
  }

  /**
   * Records that the request was answered.
   *
   * @param answered the HTTP status
   * @param retryAfterMillis the wait that the provider requests; 0 if it requests none
   */
  public void ended(int answered, long retryAfterMillis) {
    ended(answered, retryAfterMillis, ProviderLimits.UNKNOWN);
  }

  /**
   * Records that the request was answered.
   *
   * @param answered the HTTP status
   * @param waitMillis the wait that the provider requests; 0 if it requests none
   * @param said what the provider says about its limits
   */
  public void ended(int answered, long waitMillis, ProviderLimits said) {
    if (over.compareAndSet(false, true)) {
      status = answered;
      limits = said;
      boolean failed = answered >= 400;
      retryAfterMillis = failed ? Math.max(0, waitMillis) : 0;
      call.requestEnded(event(answered), failed, TimeUnit.MILLISECONDS.toNanos(retryAfterMillis));
      notifyListeners();
    }
  }

  /**
   * Records that the request got no answer.
   *
   * @param cause why not
   */
  public void failed(Throwable cause) {
    if (over.compareAndSet(false, true)) {
      failure = cause;
      call.requestEnded(Counts.Event.HTTP_ERROR, true, 0);
      notifyListeners();
    }
  }

  private void notifyListeners() {
    for (Consumer<HttpAttempt> listener : listeners) {
      try {
        listener.accept(this);
      } catch (Throwable fault) {
        GildLog.faultOnce("The end of a request", fault);
      }
    }
    listeners.clear(); // a connection may keep its last request, but no span
  }

  private static Counts.Event event(int status) {
    if (status < 300) {
      return Counts.Event.HTTP_2XX;
    }
    if (status < 400) {
      return Counts.Event.HTTP_3XX;
    }
    return status < 500 ? Counts.Event.HTTP_4XX : Counts.Event.HTTP_5XX;
  }

  /**
   * Returns the innermost governed call that sends the request.
   *
   * @return the call, or {@code null} if it ended long before the request
   */
  public @Nullable AgentCall call() {
    return call.get();
  }

  /**
   * Returns the HTTP method.
   *
   * @return such as {@code POST}, or {@code null} if unknown
   */
  public @Nullable String method() {
    return method;
  }

  /**
   * Returns the server.
   *
   * @return its name, possibly empty
   */
  public String host() {
    return host;
  }

  /**
   * Returns the server's port.
   *
   * @return the port, or -1 if unknown
   */
  public int port() {
    return port;
  }

  /**
   * Returns how many requests the same attempt of the call has sent before this one.
   *
   * @return zero for the first
   */
  public int resendCount() {
    return resendCount;
  }

  /**
   * Returns whether the request belongs to an attempt that was given up and still runs: its time
   * limit expired, or its caller left.
   *
   * @return {@code true} if no caller waits for the answer
   */
  public boolean abandoned() {
    return abandoned;
  }

  /**
   * Returns the status of the answer.
   *
   * @return the HTTP status, or 0 if there is none
   */
  public int status() {
    return status;
  }

  /**
   * Returns the wait that the provider requested when it rejected the request.
   *
   * @return milliseconds; 0 if it requested none
   */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }

  /**
   * Returns what the provider said about its limits.
   *
   * @return its limits; {@link ProviderLimits#UNKNOWN} if it said nothing
   */
  public ProviderLimits limits() {
    return limits;
  }

  /**
   * Returns why the request got no answer.
   *
   * @return the cause, or {@code null}
   */
  public @Nullable Throwable failure() {
    return failure;
  }
}
