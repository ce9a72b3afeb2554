package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Policies;
import io.gild.config.PolicyTree;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class StreamTests {

  private final List<String> judged = new ArrayList<>();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void runsTheMethodAtEachSubscriptionAndJudgesItAtTheEnd() {
    GovernedMethod method = method(Flux.class, 1);
    Flux<?> flux = flux(method, () -> Flux.just("a", "b"));

    assertThat(method.counts().get(Counts.Event.STARTED)).isZero();
    assertThat(flux.collectList().block()).isEqualTo(List.of("a", "b"));
    assertThat(flux.collectList().block()).isEqualTo(List.of("a", "b"));

    assertThat(runs).hasValue(2);
    assertThat(method.counts().get(Counts.Event.SUCCEEDED)).isEqualTo(2);
    assertThat(judged).containsExactly("success", "success");
  }

  @Test
  void doesNotJudgeAStreamBeforeItsEnd() {
    GovernedMethod method = method(Flux.class, 1);
    Sinks.Many<Object> sink = Sinks.many().unicast().onBackpressureBuffer();
    List<Object> received = new ArrayList<>();

    flux(method, sink::asFlux).subscribe(received::add);
    sink.tryEmitNext("a");

    assertThat(received).containsExactly("a");
    assertThat(judged).isEmpty();
    assertThat(method.counts().active()).isEqualTo(1);
    sink.tryEmitComplete();
    assertThat(judged).containsExactly("success");
    assertThat(method.counts().active()).isZero();
    assertThat(AgentCall.current()).isNull();
  }

  @Test
  void repeatsAStreamThatFailsBeforeItsFirstElement() {
    GovernedMethod method = method(Flux.class, 3);

    Flux<?> flux =
        flux(
            method,
            () -> runs.get() < 3 ? Flux.error(new IOException("down")) : Flux.just("a", "b"));

    assertThat(flux.collectList().block()).isEqualTo(List.of("a", "b"));
    assertThat(judged).containsExactly("IOException", "IOException", "success");
    assertThat(method.counts().get(Counts.Event.ATTEMPT)).isEqualTo(3);
  }

  @Test
  void passesOnAFailureAfterTheFirstElement() {
    GovernedMethod method = method(Flux.class, 3);
    List<Object> received = new ArrayList<>();

    flux(method, () -> Flux.concat(Flux.just("a"), Flux.error(new IOException("cut"))))
        .subscribe(received::add, failure -> received.add(failure.getMessage()));

    assertThat(received).containsExactly("a", "cut");
    assertThat(runs).hasValue(1);
    assertThat(judged).containsExactly("IOException");
  }

  @Test
  void cancelsTheSourceAndTheCallWhenTheSubscriberCancels() {
    GovernedMethod method = method(Flux.class, 3);
    AtomicBoolean cancelled = new AtomicBoolean();

    Disposable subscription =
        flux(method, () -> Flux.never().doOnCancel(() -> cancelled.set(true))).subscribe();
    subscription.dispose();

    assertThat(cancelled).isTrue();
    assertThat(runs).hasValue(1);
    assertThat(method.counts().get(Counts.Event.CANCELLED)).isEqualTo(1);
    assertThat(method.counts().get(Counts.Event.FAILED)).isZero();
    assertThat(method.counts().active()).isZero();
  }

  @Test
  void requestsNoMoreThanTheSubscriber() {
    GovernedMethod method = method(Flux.class, 1);
    List<Long> requested = new ArrayList<>();
    List<Object> received = new ArrayList<>();
    BaseSubscriber<Object> subscriber =
        new BaseSubscriber<>() {
          @Override
          protected void hookOnSubscribe(Subscription subscription) {
            request(2);
          }

          @Override
          protected void hookOnNext(Object value) {
            received.add(value);
          }
        };

    flux(method, () -> Flux.range(0, 10).doOnRequest(requested::add)).subscribe(subscriber);

    assertThat(received).containsExactly(0, 1);
    subscriber.request(3);
    assertThat(received).containsExactly(0, 1, 2, 3, 4);
    assertThat(requested).containsExactly(2L, 3L);
    subscriber.cancel();
  }

  @Test
  void requestsTheRestOfTheDemandFromARepeatedSource() {
    GovernedMethod method = method(Flux.class, 2);
    List<Long> requested = new ArrayList<>();

    Flux<?> flux =
        flux(
            method,
            () ->
                runs.get() == 1
                    ? Flux.error(new IOException("down"))
                    : Flux.range(0, 10).doOnRequest(requested::add));

    assertThat(flux.take(3, true).collectList().block()).isEqualTo(List.of(0, 1, 2));
    assertThat(requested).containsExactly(3L);
  }

  @Test
  void keepsTheSubscriberOfAnAgentsStreamInTheCall() {
    GovernedMethod method = method(Flux.class, 1);
    List<Object> calls = new ArrayList<>();

    flux(method, () -> Flux.just("a").publishOn(Schedulers.parallel()))
        .doOnNext(element -> calls.add(AgentCall.current()))
        .blockLast();

    assertThat(calls).singleElement().isInstanceOf(AgentCall.class);
  }

  @Test
  void leavesTheCallOfAModelBeforeTheSubscriberRuns() {
    GovernedMethod model = method(CallKind.CHAT, Flux.class, 1);
    List<Object> calls = new ArrayList<>();

    method(String.class, 1)
        .call(
            null,
            arguments -> {
              calls.add(AgentCall.current());
              Flux<?> answers = flux(model, () -> Flux.just("a").publishOn(Schedulers.parallel()));
              return answers.doOnNext(element -> calls.add(AgentCall.current())).blockLast();
            });

    assertThat(calls).hasSize(2).doesNotContainNull();
    assertThat(calls.get(1)).isSameAs(calls.get(0));
  }

  @Test
  void keepsAStreamOfOneAnswerAsTheValueOfTheCall() {
    GovernedMethod method = method(Flux.class, 2);

    assertThat(whole(method, Flux.just("a"))).isEqualTo(List.of("a"));
    assertThat(whole(method, Flux.just("a", "b", "c"))).isEqualTo(List.of("a", "b", "c"));
    assertThat(whole(method, Flux.just("a").concatWith(Flux.error(new IOException("cut")))))
        .as("nothing had been passed on, so it was repeated")
        .isEqualTo(List.of("again"));
  }

  private List<?> whole(GovernedMethod method, Flux<?> first) {
    runs.set(0);
    Flux<?> flux =
        (Flux<?>)
            method.callStream(
                Flux.class,
                null,
                arguments -> runs.incrementAndGet() == 1 ? first : Flux.just("again"),
                StreamListener.Factory.NONE,
                true);
    return flux.collectList().block();
  }

  @Test
  void showsTheContextOfTheSubscriberToTheSource() {
    GovernedMethod method = method(Flux.class, 1);

    Object tenant =
        flux(method, () -> Flux.deferContextual(view -> Flux.just(view.<String>get("tenant"))))
            .contextWrite(context -> context.put("tenant", "acme"))
            .blockLast();

    assertThat(tenant).isEqualTo("acme");
  }

  @Test
  void givesEachConcurrentSubscriberItsOwnCall() {
    GovernedMethod method = method(Flux.class, 1);
    Flux<?> flux = flux(method, () -> Flux.range(0, 100).publishOn(Schedulers.parallel()));

    List<?> sizes =
        Flux.range(0, 50)
            .flatMap(
                number ->
                    flux.collectList().map(List::size).subscribeOn(Schedulers.boundedElastic()),
                50)
            .distinct()
            .collectList()
            .block(Duration.ofSeconds(30));

    assertThat(sizes).isEqualTo(List.of(100));
    assertThat(method.counts().get(Counts.Event.SUCCEEDED)).isEqualTo(50);
  }

  @Test
  void failsAStreamWithoutAValidEnd() {
    GovernedMethod method = method(Flux.class, 2);
    StreamListener.Factory strict =
        call ->
            new StreamListener() {
              @Override
              public void completed() throws IOException {
                if (runs.get() == 1) {
                  throw new IOException("truncated");
                }
              }
            };

    Flux<?> flux =
        (Flux<?>)
            method.callStream(
                Flux.class,
                null,
                arguments -> runs.incrementAndGet() == 1 ? Flux.empty() : Flux.just("a"),
                strict,
                false);

    assertThat(flux.collectList().block()).isEqualTo(List.of("a"));
    assertThat(judged).containsExactly("IOException", "success");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Mono.class,
        Publisher.class,
        Flowable.class,
        Observable.class,
        Single.class,
        Maybe.class
      })
  void repeatsStreamsOfEveryType(Class<?> type) {
    GovernedMethod method = method(type, 2);

    Object stream =
        method.call(this, arguments -> of(type, runs.incrementAndGet() == 1 ? null : "answer"));

    assertThat(first(stream)).isEqualTo("answer");
    assertThat(runs).hasValue(2);
    assertThat(judged).containsExactly("IOException", "success");
    assertThat(method.counts().get(Counts.Event.CANCELLED)).isZero();
  }

  @Test
  void governsPublishersOfTheJdk() {
    GovernedMethod method = method(Flow.Publisher.class, 1);
    SubmissionPublisher<String> source = new SubmissionPublisher<>(Runnable::run, 16);
    CompletableFuture<List<String>> received = new CompletableFuture<>();
    List<String> elements = new ArrayList<>();

    @SuppressWarnings("unchecked")
    Flow.Publisher<String> stream = (Flow.Publisher<String>) method.call(this, arguments -> source);
    stream.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(10);
          }

          @Override
          public void onNext(String item) {
            elements.add(item);
          }

          @Override
          public void onError(Throwable throwable) {
            received.completeExceptionally(throwable);
          }

          @Override
          public void onComplete() {
            received.complete(elements);
          }
        });
    source.submit("a");
    source.close();

    assertThat(received.join()).containsExactly("a");
    assertThat(judged).containsExactly("success");
  }

  @Test
  void endsTheCallWhenTheConsumerCancelsThePromise() {
    GovernedMethod method = method(CompletableFuture.class, 1);

    CompletableFuture<?> result =
        (CompletableFuture<?>)
            method.call(this, arguments -> new CompletableFuture<>().minimalCompletionStage());
    result.cancel(true);

    assertThat(method.counts().get(Counts.Event.CANCELLED)).isEqualTo(1);
    assertThat(method.counts().active()).isZero();
  }

  @Test
  void endsTheCallOfAPulledStreamWhenItIsExhausted() {
    GovernedMethod method = method(Iterator.class, 2);

    Iterator<?> elements =
        (Iterator<?>)
            method.call(
                this,
                arguments -> runs.incrementAndGet() == 1 ? broken() : List.of("a", "b").iterator());

    assertThat(AgentCall.current()).isNull();
    assertThat(elements.next()).isEqualTo("a");
    assertThat(judged).containsExactly("UncheckedIOException");
    assertThat(elements.next()).isEqualTo("b");
    assertThat(elements.hasNext()).isFalse();
    assertThatThrownBy(elements::next).isInstanceOf(NoSuchElementException.class);
    assertThat(judged).containsExactly("UncheckedIOException", "success");
  }

  @Test
  void passesOnAFailureOfAPulledStreamAfterItsFirstElement() {
    GovernedMethod method = method(Iterator.class, 3);
    Iterator<?> elements =
        (Iterator<?>)
            method.call(
                this,
                arguments ->
                    Stream.concat(Stream.of("a"), Stream.generate(() -> fail())).iterator());

    assertThat(elements.next()).isEqualTo("a");
    assertThatThrownBy(elements::next).isInstanceOf(UncheckedIOException.class);
    assertThat(judged).containsExactly("UncheckedIOException");
  }

  @Test
  void cancelsAStreamThatIsClosedEarly() {
    GovernedMethod method = method(Stream.class, 3);
    AtomicBoolean closed = new AtomicBoolean();

    try (Stream<?> stream =
        (Stream<?>)
            method.call(
                this, arguments -> Stream.of("a", "b", "c").onClose(() -> closed.set(true)))) {
      assertThat(stream.findFirst().orElseThrow()).isEqualTo("a");
    }

    assertThat(closed).isTrue();
    assertThat(method.counts().get(Counts.Event.CANCELLED)).isEqualTo(1);
    assertThat(method.counts().get(Counts.Event.FAILED)).isZero();
  }

  private static Iterator<Object> broken() {
    return Stream.generate(() -> fail()).iterator();
  }

  private static Object fail() {
    throw Sneaky.propagate(new UncheckedIOException(new IOException("down")));
  }

  private static Object of(Class<?> type, String value) {
    IOException down = new IOException("down");
    return switch (type.getSimpleName()) {
      case "Mono" -> value == null ? Mono.error(down) : Mono.just(value);
      case "Observable" -> value == null ? Observable.error(down) : Observable.just(value);
      case "Single" -> value == null ? Single.error(down) : Single.just(value);
      case "Maybe" -> value == null ? Maybe.error(down) : Maybe.just(value);
      default -> value == null ? Flowable.error(down) : Flowable.just(value);
    };
  }

  private static Object first(Object stream) {
    if (stream instanceof Single<?> single) {
      return single.blockingGet();
    }
    if (stream instanceof Maybe<?> maybe) {
      return maybe.blockingGet();
    }
    if (stream instanceof Observable<?> observable) {
      return observable.blockingLast();
    }
    return Flux.from((Publisher<?>) stream).blockLast();
  }

  private Flux<?> flux(GovernedMethod method, java.util.function.Supplier<Flux<?>> source) {
    return (Flux<?>)
        method.call(
            this,
            arguments -> {
              runs.incrementAndGet();
              return source.get();
            });
  }

  /** Makes a method whose attempts are judged and repeated, but for those of cancelled calls. */
  private GovernedMethod method(Class<?> type, int attempts) {
    return method(CallKind.AGENT, type, attempts);
  }

  private GovernedMethod method(CallKind kind, Class<?> type, int attempts) {
    TestModule.Retries retry = new TestModule.Retries(attempts);
    StageProvider provider =
        new StageProvider() {
          @Override
          public Phase phase() {
            return Phase.RETRY;
          }

          @Override
          public Stage stage(StageContext context) {
            return new Stage() {
              @Override
              public boolean exit(AgentCall call) {
                Throwable failure = call.failure();
                synchronized (judged) {
                  judged.add(failure == null ? "success" : failure.getClass().getSimpleName());
                }
                return failure != null && call.attempts() < attempts;
              }
            };
          }
        };
    return GildRuntime.builder()
        .policies(spec -> Policies.of(retry))
        .stages(provider)
        .build()
        .method(
            new MethodSpec(
                kind,
                "desk",
                "",
                "com.acme.Desk",
                "answer",
                "()" + type.descriptorString(),
                List.of(),
                Effect.NONE,
                PolicyTree.empty()));
  }
}
