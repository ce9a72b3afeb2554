package io.gild.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.CallContext;
import io.gild.core.Counts.Event;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeBuilder;
import io.gild.core.TimeLimitExceeded;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A time limit holds until the end of a stream, however it is pulled. */
@Timeout(60)
class PulledTimeLimitTests {

  private static final String SHORT = "time-limit: {timeout-duration: 1s}";

  /** Releases the threads that a test left waiting. */
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void release() {
    released.countDown();
  }

  @Test
  void interruptsAWaitingPullAndClosesItsStream() throws Exception {
    GovernedMethod method = method(Stream.class, SHORT);
    Source source = new Source(1);

    try (Stream<String> stream = stream(method, arguments -> source.stream())) {
      Iterator<String> elements = stream.iterator();
      assertThat(elements.next()).isEqualTo("a");
      assertThatThrownBy(elements::next).isInstanceOf(TimeLimitExceeded.class);
    }

    assertThat(source.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(source.closed.await(20, TimeUnit.SECONDS)).isTrue();
    assertTimedOutOnce(method);
    assertThat(source.closings).hasValue(1);
  }

  @Test
  void releasesAPullThatCanNeitherBeClosedNorInterrupted() {
    GovernedMethod method = method(Iterator.class, SHORT);
    Source source = new Source(1);
    source.stubborn = true;

    Iterator<String> elements = iterator(method, arguments -> source);
    assertThat(elements.next()).isEqualTo("a");
    assertThatThrownBy(elements::hasNext).isInstanceOf(TimeLimitExceeded.class);

    assertThat(elements.hasNext()).isFalse();
    assertTimedOutOnce(method);
  }

  @Test
  void endsAPullThatIgnoresItsInterruptByItsRelease() throws Exception {
    GovernedMethod method = method(Stream.class, SHORT);
    Source source = new Source(1);
    source.stubborn = true;

    try (Stream<String> stream =
        stream(
            method,
            arguments -> {
              CallContext.releasedBy(released, CountDownLatch::countDown);
              return source.stream();
            })) {
      Iterator<String> elements = stream.iterator();
      assertThat(elements.next()).isEqualTo("a");
      assertThatThrownBy(elements::next).isInstanceOf(TimeLimitExceeded.class);
    }

    assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(source.closed.await(20, TimeUnit.SECONDS)).isTrue();
    assertTimedOutOnce(method);
  }

  @Test
  void endsALaterWaitAtOnce() throws Exception {
    GovernedMethod method = method(Stream.class, SHORT);
    CountDownLatch interrupted = new CountDownLatch(1);

    assertThatThrownBy(() ->
            stream(
                method,
                arguments -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException late) {
                    interrupted.countDown();
                  }
                  CallContext.releasedBy(released, CountDownLatch::countDown);
                  return Stream.of("a");
                }))
        .isInstanceOf(TimeLimitExceeded.class);

    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void failsThePullThatComesAfterTheLimit() throws Exception {
    GovernedMethod method = method(Stream.class, SHORT);
    Source source = new Source(2);

    Iterator<String> elements = stream(method, arguments -> source.stream()).iterator();
    assertThat(elements.next()).isEqualTo("a");
    assertThat(source.closed.await(20, TimeUnit.SECONDS)).as("closed by the limit").isTrue();
    assertThatThrownBy(elements::next).isInstanceOf(TimeLimitExceeded.class);

    assertTimedOutOnce(method);
  }

  @Test
  void judgesAStreamThatIsClosedAfterTheLimitAsTimedOut() throws Exception {
    GovernedMethod method = method(Stream.class, SHORT);
    Source source = new Source(2);

    Stream<String> stream = stream(method, arguments -> source.stream());
    assertThat(source.closed.await(20, TimeUnit.SECONDS)).isTrue();
    stream.close();
    stream.close();

    assertTimedOutOnce(method);
    assertThat(source.closings).hasValue(1);
  }

  @Test
  void doesNotInterruptAStreamThatEndsInTime() {
    GovernedMethod method = method(Stream.class, "time-limit: {timeout-duration: 1h}");
    AtomicInteger closings = new AtomicInteger();
    AtomicInteger inTheCall = new AtomicInteger();

    Stream<String> stream =
        stream(
            method,
            arguments ->
                Stream.of("a", "b", "c")
                    .peek(element -> inTheCall.addAndGet(AgentCall.current() == null ? 0 : 1))
                    .onClose(closings::incrementAndGet));

    assertThat(stream.toList()).containsExactly("a", "b", "c");
    assertThat(inTheCall).hasValue(3);
    assertThat(closings).hasValue(0);
    stream.close();
    assertThat(closings).hasValue(1);
    assertThat(method.counts().get(Event.SUCCEEDED)).isEqualTo(1);
    assertThat(method.counts().get(Event.TIMED_OUT)).isZero();
    assertThat(method.counts().active()).isZero();
  }

  @Test
  void passesOnAFailureOfTheSourceUnchanged() {
    GovernedMethod method = method(Iterator.class, "time-limit: {timeout-duration: 1h}");
    CancellationException own = new CancellationException("the source's own");
    Iterator<String> broken =
        Stream.of("a", "b")
            .peek(element -> {
              if (element.equals("b")) {
                throw own;
              }
            })
            .iterator();

    Iterator<String> elements = iterator(method, arguments -> broken);

    assertThat(elements.next()).isEqualTo("a");
    assertThatThrownBy(elements::next).isSameAs(own);
    assertThat(method.counts().get(Event.FAILED)).isEqualTo(1);
    assertThat(method.counts().active()).isZero();
  }

  @Test
  void repeatsAStreamThatStallsAndClosesTheLateOne() throws Exception {
    GovernedMethod method = method(Stream.class, SHORT + "\n  retry: {wait-duration: 1ms}");
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch lateClosed = new CountDownLatch(1);

    Stream<String> stream =
        stream(
            method,
            arguments -> {
              if (runs.incrementAndGet() > 1) {
                return Stream.of("second");
              }
              awaitReleaseStubbornly();
              return Stream.of("first").onClose(lateClosed::countDown);
            });
    Iterator<String> elements = stream.iterator();
    assertThat(elements.next()).isEqualTo("second");
    released.countDown();

    assertThat(lateClosed.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(elements.hasNext()).isFalse();
    assertThat(runs).hasValue(2);
    assertThat(method.counts().get(Event.SUCCEEDED)).isEqualTo(1);
    assertThat(method.counts().get(Event.TIMED_OUT)).isEqualTo(1);
  }

  @Test
  void keepsTheAttemptRunningIfItMustNotBeCancelled() throws Exception {
    GovernedMethod method =
        method(Stream.class, "time-limit: {timeout-duration: 1s, cancel-running-future: false}");
    Source source = new Source(1);

    Stream<String> stream = stream(method, arguments -> source.stream());
    Iterator<String> elements = stream.iterator();
    assertThat(elements.next()).isEqualTo("a");
    assertThatThrownBy(elements::next).isInstanceOf(TimeLimitExceeded.class);
    stream.close();
    assertThat(source.interrupted.getCount()).isEqualTo(1);
    assertThat(source.closings).hasValue(0);

    released.countDown();
    assertThat(source.closed.await(20, TimeUnit.SECONDS)).as("closed behind the pull").isTrue();
    assertTimedOutOnce(method);
  }

  @Test
  void passesAnInterruptOfThePullingThreadToTheSource() throws Exception {
    GovernedMethod method = method(Iterator.class, "time-limit: {timeout-duration: 1h}");
    Source source = new Source(1);
    CompletableFuture<Throwable> seen = new CompletableFuture<>();
    Thread puller =
        new Thread(() -> {
          Iterator<String> elements = iterator(method, arguments -> source);
          elements.next();
          try {
            elements.next();
            seen.complete(null);
          } catch (Throwable failure) {
            seen.complete(failure);
          }
        });
    puller.start();
    assertThat(source.waiting.await(20, TimeUnit.SECONDS)).isTrue();
    puller.interrupt();

    assertThat(seen.get(20, TimeUnit.SECONDS)).hasMessage("interrupted while it read");
    puller.join();
  }

  /** A subscriber that blocks when it is notified of the end must not delay other subscribers. */
  @Test
  void endsOtherStreamsWhileASubscriberHoldsItsThread() throws Exception {
    GovernedMethod method = method(Flow.Publisher.class, SHORT);
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    publisher(method)
        .subscribe(
            new Silent(() -> {
              first.countDown();
              return awaitReleaseStubbornly();
            }));
    assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();

    publisher(method)
        .subscribe(
            new Silent(() -> {
              second.countDown();
              return true;
            }));

    assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static void assertTimedOutOnce(GovernedMethod method) {
    assertThat(method.counts().get(Event.TIMED_OUT)).isEqualTo(1);
    assertThat(method.counts().get(Event.FAILED)).isEqualTo(1);
    assertThat(method.counts().get(Event.SUCCEEDED)).isZero();
    assertThat(method.counts().get(Event.CANCELLED)).isZero();
    assertThat(method.counts().active()).isZero();
    assertThat(AgentCall.current()).isNull();
  }

  private boolean awaitReleaseStubbornly() {
    while (true) {
      try {
        released.await();
        return true;
      } catch (InterruptedException ignored) {
        // As a read from a socket does.
      }
    }
  }

  @SuppressWarnings("unchecked")
  private Stream<String> stream(GovernedMethod method, Body body) {
    return (Stream<String>) method.call(this, body);
  }

  @SuppressWarnings("unchecked")
  private Iterator<String> iterator(GovernedMethod method, Body body) {
    return (Iterator<String>) method.call(this, body);
  }

  @SuppressWarnings("unchecked")
  private Flow.Publisher<String> publisher(GovernedMethod method) {
    SubmissionPublisher<String> endless = new SubmissionPublisher<>(Runnable::run, 16);
    return (Flow.Publisher<String>) method.call(this, arguments -> endless);
  }

  private static GovernedMethod method(Class<?> type, String policies) {
    String yaml = "agents:\n- match: com.acme.Desk#answer\n  " + policies + "\n";
    RuntimeBuilder builder =
        GildRuntime.builder().settings(Settings.builder().yaml("gild.yaml", yaml).build());
    builder.module(new ReliabilityModule());
    return builder
        .build()
        .method(
            MethodSpec.of("support", "com.acme.Desk", "answer", "()" + type.descriptorString()));
  }

  /** Has some elements, and then waits for the next one as for a provider that has stalled. */
  private final class Source implements Iterator<String> {

    private final List<String> elements;
    private int next;
    private volatile boolean stubborn;
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger closings = new AtomicInteger();

    Source(int elements) {
      this.elements = List.of("a", "b").subList(0, elements);
    }

    Stream<String> stream() {
      return Stream.concat(elements.stream(), Stream.generate(this::stall))
          .onClose(() -> {
            closings.incrementAndGet();
            closed.countDown();
          });
    }

    private String stall() {
      waiting.countDown();
      if (stubborn) {
        awaitReleaseStubbornly();
        return "late";
      }
      try {
        released.await();
        return "late";
      } catch (InterruptedException expected) {
        interrupted.countDown();
        throw new IllegalStateException("interrupted while it read", expected);
      }
    }

    @Override
    public boolean hasNext() {
      return next < elements.size() || stall() != null;
    }

    @Override
    public String next() {
      return elements.get(next++);
    }
  }

  /** Reports only that it was notified of the end. */
  private record Silent(BooleanSupplier ended) implements Flow.Subscriber<String> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(String item) {}

    @Override
    public void onError(Throwable failure) {
      ended.getAsBoolean();
    }

    @Override
    public void onComplete() {}
  }
}
