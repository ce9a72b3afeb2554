package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Policies;
import io.gild.config.PolicyTree;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a governed method's caller gets is what the method returned, unless a policy acts. */
class ResultIdentityTests {

  private final AtomicInteger runs = new AtomicInteger();

  /** The stage around the method. */
  enum Around {
    /** A stage that watches. */
    WATCHING(Phase.OBSERVE),
    /** A stage that may repeat the method. */
    ACTING(Phase.RETRY);

    private final Phase phase;

    Around(Phase phase) {
      this.phase = phase;
    }
  }

  /** A future of the application's own class. */
  private static final class OwnFuture extends CompletableFuture<Object> {

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      @SuppressWarnings("unchecked") // as its Javadoc requires
      CompletableFuture<U> own = (CompletableFuture<U>) new OwnFuture();
      return own;
    }
  }

  // ------------------------------------------------------------------------- where no policy acts

  @Test
  void returnsTheSameObjectWhereNoPolicyActs() {
    assertSame(CompletableFuture.class, new OwnFuture());
    assertSame(CompletionStage.class, new CompletableFuture<>().minimalCompletionStage());
    assertSame(Iterator.class, List.of(1).listIterator());
    assertSame(Stream.class, Stream.of(1).parallel());
    ConnectableFlux<Integer> connectable = Flux.just(1).publish();
    assertSame(Flux.class, connectable);
    assertSame(Publisher.class, Mono.just(1));
    try (SubmissionPublisher<Object> publisher = new SubmissionPublisher<>()) {
      assertSame(Flow.Publisher.class, publisher);
    }
  }

  private void assertSame(Class<?> type, Object result) {
    GovernedMethod method = method(type, Around.WATCHING);
    assertThat(method.call(this, arguments -> result)).isSameAs(result);
    assertThat(method.counts().get(Counts.Event.STARTED)).isEqualTo(1);
    assertThat(AgentCall.current()).isNull();
  }

  @Test
  void aWatchedFutureEndsItsCallWhenItCompletes() {
    GovernedMethod method = method(CompletableFuture.class, Around.WATCHING);
    OwnFuture good = new OwnFuture();
    OwnFuture bad = new OwnFuture();
    OwnFuture left = new OwnFuture();
    for (OwnFuture future : List.of(good, bad, left)) {
      method.call(this, arguments -> future);
    }
    assertThat(method.counts().active()).isEqualTo(3);

    good.complete("a");
    bad.completeExceptionally(new IOException("down"));
    left.cancel(true);

    assertThat(method.counts().active()).isZero();
    assertThat(method.counts().get(Counts.Event.SUCCEEDED)).isEqualTo(1);
    assertThat(method.counts().get(Counts.Event.FAILED)).isEqualTo(1);
    assertThat(method.counts().get(Counts.Event.CANCELLED)).isEqualTo(1);
    assertThat(AgentCall.current()).isNull();
  }

  @Test
  void runsAPublishersMethodOnceForManySubscribers() {
    GovernedMethod method = method(Flux.class, Around.WATCHING);
    Flux<?> flux =
        (Flux<?>)
            method.call(
                this,
                arguments -> {
                  runs.incrementAndGet();
                  return Flux.just("a");
                });

    assertThat(runs).hasValue(1);
    flux.blockLast();
    flux.blockLast();
    assertThat(runs).hasValue(1);
  }

  // ------------------------------------------------------------------------- with and without

  @ParameterizedTest
  @EnumSource
  void returnsNullForNull(Around around) {
    for (Class<?> type :
        List.of(CompletionStage.class, CompletableFuture.class, Iterator.class, Stream.class)) {
      GovernedMethod method = method(type, around);
      assertThat(method.call(this, arguments -> null)).as(type.getName()).isNull();
      assertThat(method.counts().get(Counts.Event.SUCCEEDED)).isEqualTo(1);
      assertThat(method.counts().active()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Flux.class, Publisher.class, Flow.Publisher.class})
  void aNullPublisherStaysNullWhereNoPolicyActs(Class<?> type) {
    assertThat(method(type, Around.WATCHING).call(this, arguments -> null)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void throwsTheMethodsExceptionAtOnce(Around around) {
    List<Throwable> failures =
        List.of(new IOException("down"), new CompletionException(new IOException("down")));
    for (Throwable failure : failures) {
      for (Class<?> type : List.of(CompletableFuture.class, Iterator.class, Stream.class)) {
        GovernedMethod method = method(type, around);
        assertThatThrownBy(() ->
                method.call(
                    this,
                    arguments -> {
                      throw failure;
                    }))
            .as(type.getName())
            .isSameAs(failure);
        assertThat(method.counts().get(Counts.Event.FAILED)).isEqualTo(1);
        assertThat(AgentCall.current()).isNull();
      }
    }
  }

  // ------------------------------------------------------------------------- where a policy acts

  @Test
  void returnsTheMethodsOwnCompletedFuture() {
    OwnFuture good = new OwnFuture();
    good.complete("a");
    OwnFuture bad = new OwnFuture();
    bad.completeExceptionally(new IOException("down"));

    for (OwnFuture future : List.of(good, bad)) {
      assertThat(method(CompletableFuture.class, Around.ACTING).call(this, arguments -> future))
          .isSameAs(future);
    }
  }

  @Test
  void returnsARunningFutureOfTheSameClass() {
    OwnFuture running = new OwnFuture();
    GovernedMethod method = method(CompletableFuture.class, Around.ACTING);
    Object result = method.call(this, arguments -> running);

    assertThat(result).isInstanceOf(OwnFuture.class);
    running.complete("a");
    assertThat(((OwnFuture) result).join()).isEqualTo("a");
    assertThat(method.counts().get(Counts.Event.SUCCEEDED)).isEqualTo(1);
  }

  @Test
  void cancelsTheMethodsFutureWithTheCallersFuture() {
    OwnFuture running = new OwnFuture();
    GovernedMethod method = method(CompletableFuture.class, Around.ACTING);
    OwnFuture result = (OwnFuture) method.call(this, arguments -> running);

    result.cancel(true);

    assertThat(running).isCancelled();
    assertThatThrownBy(result::join).isInstanceOf(CancellationException.class);
    assertThat(method.counts().get(Counts.Event.CANCELLED)).isEqualTo(1);
  }

  @Test
  void removesThePulledElementOfAnIterator() {
    List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
    Iterator<?> elements = pulled(Iterator.class, list::iterator);

    while (elements.hasNext()) {
      if (elements.next().equals(2)) {
        elements.remove();
      }
    }

    assertThat(list).containsExactly(1, 3);
    assertThatThrownBy(pulled(Iterator.class, List.of(1)::iterator)::remove)
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void removesTheLastElementAfterTheEnd() {
    List<Integer> list = new ArrayList<>(List.of(1));
    Iterator<?> elements = pulled(Iterator.class, list::iterator);
    elements.next();
    assertThat(elements.hasNext()).isFalse();

    elements.remove();

    assertThat(list).isEmpty();
  }

  @Test
  void aParallelStreamStaysParallel() {
    List<Integer> numbers = Stream.iterate(0, n -> n + 1).limit(20_000).toList();
    assertThat(stream(numbers::parallelStream).isParallel()).isTrue();
    assertThat(stream(numbers::stream).isParallel()).isFalse();

    Set<Object> seen = ConcurrentHashMap.newKeySet();
    stream(numbers::parallelStream).forEach(seen::add);
    assertThat(seen).hasSize(20_000);
    assertThat(stream(numbers::parallelStream).collect(Collectors.toList())).isEqualTo(numbers);
    assertThat(stream(numbers::stream).parallel().mapToInt(n -> (Integer) n).sum())
        .isEqualTo(199_990_000);
    assertThat(
            stream(numbers::parallelStream).map(n -> (Integer) n).sorted(Comparator.reverseOrder()))
        .startsWith(19_999, 19_998);
  }

  @Test
  void aStreamKeepsItsCharacteristics() {
    List<Function<Void, Stream<Integer>>> sources =
        List.of(
            none -> List.of(3, 1).stream(),
            none -> new TreeSet<>(List.of(3, 1)).stream(),
            none -> sorted().stream(),
            none -> Set.of(3, 1).stream(),
            none -> Stream.of(3, 1).filter(n -> n > 0),
            none -> Stream.of(3, 1).map(n -> n + 1),
            none -> Stream.generate(() -> 1));
    for (Function<Void, Stream<Integer>> source : sources) {
      Spliterator<?> own = source.apply(null).spliterator();
      Spliterator<?> governed = stream(() -> source.apply(null)).spliterator();
      assertThat(governed.characteristics()).isEqualTo(own.characteristics());
      assertThat(governed.getExactSizeIfKnown()).isEqualTo(own.getExactSizeIfKnown());
    }
  }

  private static TreeSet<Integer> sorted() {
    TreeSet<Integer> backwards = new TreeSet<>(Comparator.reverseOrder());
    backwards.addAll(List.of(1, 2, 3));
    return backwards;
  }

  @Test
  void sortsAStreamWithItsOwnComparatorOnRequest() {
    assertThat(stream(sorted()::stream).map(n -> (Object) n).toList()).isEqualTo(List.of(3, 2, 1));
    assertThat(stream(sorted()::stream).sorted().toList()).isEqualTo(List.of(1, 2, 3));
  }

  @Test
  void leavesTheClosingOfAStreamToItsCaller() {
    List<String> closed = new ArrayList<>();
    Stream<?> stream =
        stream(() -> Stream.of(1).onClose(() -> closed.add("own")))
            .onClose(() -> closed.add("mine"));

    assertThat(stream.count()).isEqualTo(1);
    assertThat(closed).isEmpty();
    stream.close();
    assertThat(closed).containsExactlyInAnyOrder("own", "mine");
  }

  @Test
  void throwsTheFailureOfClosingAStream() {
    RuntimeException full = new IllegalStateException("disk full");
    Stream<?> stream =
        stream(() ->
            Stream.of(1)
                .onClose(() -> {
                  throw full;
                }));

    assertThatThrownBy(stream::close).isSameAs(full);
  }

  @Test
  void returnsAllElementsOfARepeatedSizedStream() {
    Stream<?> stream =
        stream(() -> {
          boolean fails = runs.incrementAndGet() < 2;
          return List.of(1, 2, 3).stream()
              .map(n -> {
                if (fails) {
                  throw new IllegalStateException("down");
                }
                return n;
              });
        });

    assertThat(stream.toArray()).containsExactly(1, 2, 3);
    assertThat(runs).hasValue(2);
  }

  private Iterator<?> pulled(Class<?> type, java.util.function.Supplier<Object> source) {
    return (Iterator<?>) method(type, Around.ACTING).call(this, arguments -> source.get());
  }

  private Stream<?> stream(java.util.function.Supplier<Stream<Integer>> source) {
    return (Stream<?>) method(Stream.class, Around.ACTING).call(this, arguments -> source.get());
  }

  /** Makes a method; an acting stage repeats what failed with "down" until the second attempt. */
  private static GovernedMethod method(Class<?> type, Around around) {
    StageProvider provider =
        new StageProvider() {
          @Override
          public Phase phase() {
            return around.phase;
          }

          @Override
          public Stage stage(StageContext context) {
            return new Stage() {
              @Override
              public boolean exit(AgentCall call) {
                return around == Around.ACTING
                    && call.failure() instanceof IllegalStateException
                    && call.attempts() < 2;
              }
            };
          }
        };
    TestModule.Retries retry = new TestModule.Retries(2);
    GildRuntime runtime =
        GildRuntime.builder().stages(provider).policies(spec -> Policies.of(retry)).build();
    return runtime.method(
        new MethodSpec(
            CallKind.AGENT,
            "agent",
            "1",
            "com.acme.Agent",
            "answer",
            "()" + type.descriptorString(),
            List.of(),
            Effect.NONE,
            PolicyTree.empty()));
  }
}
