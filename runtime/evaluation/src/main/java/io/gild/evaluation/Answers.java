package io.gild.evaluation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Waits for answers that are asynchronous or streamed. */
final class Answers {

  private Answers() {}

  /**
   * Returns the complete answer.
   *
   * @throws Exception the failure of the answer
   */
  static @Nullable Object whole(@Nullable Object answer) throws Exception {
    if (answer instanceof CompletionStage<?> stage) {
      return whole(get(stage.toCompletableFuture()));
    }
    if (answer instanceof Future<?> future) {
      return whole(get(future));
    }
    if (answer instanceof Optional<?> optional) {
      return whole(optional.orElse(null));
    }
    if (answer instanceof BaseStream<?, ?> stream) {
      try (stream) {
        return joined(stream.iterator());
      }
    }
    if (answer instanceof Iterator<?> pieces) {
      return joined(pieces);
    }
    if (answer instanceof Flow.Publisher<?> publisher) {
      Collected collected = new Collected();
      publisher.subscribe(collected);
      return joined(get(collected.pieces).iterator());
    }
    Iterable<?> pieces = answer == null ? null : blocking(answer);
    return pieces == null ? answer : joined(pieces.iterator());
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Reactor and RxJava can wait by themselves. */
  private static @Nullable Iterable<?> blocking(Object answer) throws Exception {
    for (String name : List.of("toIterable", "blockingIterable")) {
      try {
        return (Iterable<?>) answer.getClass().getMethod(name).invoke(answer);
      } catch (NoSuchMethodException | IllegalAccessException | ClassCastException e) {
        // not a stream of that library
      }
    }
    for (String name : List.of("block", "blockingGet")) {
      try {
        Object one = answer.getClass().getMethod(name).invoke(answer);
        return one == null ? List.of() : List.of(one);
      } catch (NoSuchMethodException | IllegalAccessException e) {
        // not a single value of that library
      }
    }
    return null;
  }

  /** Returns chunks of text as one text, other objects as a list, and a single object unchanged. */
  private static @Nullable Object joined(Iterator<?> pieces) {
    List<@Nullable Object> all = new ArrayList<>();
    pieces.forEachRemaining(all::add);
    if (all.stream().allMatch(CharSequence.class::isInstance)) {
      return String.join("", all.stream().map(String::valueOf).toList());
    }
    return all.size() == 1 ? all.get(0) : all;
  }

  private static final class Collected implements Flow.Subscriber<Object> {

    private final List<Object> items = new ArrayList<>();
    private final CompletableFuture<List<Object>> pieces = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Object item) {
      items.add(item);
    }

    @Override
    public void onError(Throwable failure) {
      pieces.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      pieces.complete(items);
    }
  }
}
