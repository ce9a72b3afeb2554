package io.gild.core;

import io.gild.core.spi.ContextCarrier;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One governed call of a pushed stream: it begins with the subscription and is judged when the
 * stream ends.
 *
 * <p>Where the elements are one answer, that is the call's value. Elsewhere, an attempt that fails
 * before its first element may be followed by another; the demand of the subscriber is then passed
 * on anew.
 */
final class StreamSubscription implements Flow.Subscription, Body {

  private final StreamShape shape;
  private final Body body;
  private final StreamListener.Factory listeners;
  private final DrivenCall call;
  private final SerialSubscriber subscriber;
  private final AsyncCall drive;

  StreamSubscription(
      StreamShape shape,
      Body body,
      StreamListener.Factory listeners,
      Flow.Subscriber<? super Object> downstream,
      DrivenCall call,
      ContextCarrier.Captured around,
      boolean whole) {
    this.shape = shape;
    this.body = body;
    this.listeners = listeners;
    this.call = call;
    this.subscriber =
        new SerialSubscriber(shape, downstream, call, around, whole || shape.isSingle());
    this.drive = new AsyncCall(call, this, () -> subscriber.present(null));
  }

  void start(Flow.Subscriber<? super Object> downstream) {
    CurrentCall.leave(call.parent());
    downstream.onSubscribe(this);
    CurrentCall.enter(call);
    drive.start().whenComplete(this::over);
  }

  @Override
  public void request(long n) {
    subscriber.request(n);
  }

  @Override
  public void cancel() {
    if (subscriber.cancel()) {
      StreamAttempt attempt = subscriber.present(); // the promise ends it
      drive.promise().cancel(false);
      if (attempt != null) {
        attempt.cancel();
      }
    }
  }

  /** Runs an attempt; returns a stage that completes with it. */
  @Override
  public Object run(@Nullable Object[] arguments) throws Throwable {
    call.beginElements();
    StreamAttempt attempt = new StreamAttempt(subscriber, listeners.start(call));
    subscriber.present(attempt);
    if (call.runner() == null) {
      attempt.subscribe(body, arguments);
    } else {
      attempt.subscribeOn(call.method().application().attemptExecutor(), body, arguments);
    }
    return attempt.done();
  }

  private void over(@Nullable Object value, @Nullable Throwable failure) {
    if (failure != null) {
      subscriber.error(failure);
    } else if (value == null) {
      subscriber.complete();
    } else if (shape.isStream(value)) {
      subscriber.subscribe(value, new Settled());
    } else if (value instanceof StreamedAnswer streamed) {
      pass(streamed.elements());
    } else {
      settle(value);
    }
  }

  /** Passes on the answer of a policy. */
  private void settle(Object answer) {
    List<?> elements;
    try {
      elements = listeners.elements(answer);
    } catch (Throwable failure) {
      subscriber.error(failure);
      return;
    }
    pass(elements);
  }

  private void pass(List<?> elements) {
    elements.forEach(subscriber::next);
    subscriber.complete();
  }

  /** A stream that is a policy's answer; it is not judged. */
  private final class Settled implements Flow.Subscriber<Object> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Object element) {
      subscriber.next(element);
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.error(failure);
    }

    @Override
    public void onComplete() {
      subscriber.complete();
    }
  }
}
