package io.gild.core;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Makes, and listens to, one type of pushed stream, of which only the name is known here.
 *
 * <p>A type whose methods are not as expected is not governed, which is logged once.
 */
final class StreamShape {

  private static final String RX = "io.reactivex.rxjava3.core.";

  private static final PerClass<Optional<StreamShape>> SHAPES = new PerClass<>(StreamShape::read);

  private final Class<?> type;

  /** Adapts Reactive Streams; null for the JDK's own Flow. */
  private final @Nullable ReactiveStreams foreign;

  /** Makes the type of a publisher; null if the type is a publisher. */
  private final @Nullable Method from;

  /** Makes the type of the result of {@link #from}; null if it is already of the type. */
  private final @Nullable Method then;

  /** Makes a publisher of the type; null if it is one. */
  private final @Nullable Method toPublisher;

  private final @Nullable Object[] toPublisherArguments;

  private StreamShape(
      Class<?> type,
      @Nullable ReactiveStreams foreign,
      @Nullable Method from,
      @Nullable Method then,
      @Nullable Method toPublisher,
      @Nullable Object... toPublisherArguments) {
    this.type = type;
    this.foreign = foreign;
    this.from = from;
    this.then = then;
    this.toPublisher = toPublisher;
    this.toPublisherArguments = toPublisherArguments;
  }

  /** Returns the shape of a type, or null if it is not a pushed stream, or not as expected. */
  static @Nullable StreamShape of(Class<?> type) {
    return SHAPES.get(type).orElse(null);
  }

  private static Optional<StreamShape> read(Class<?> type) {
    try {
      return Optional.ofNullable(shape(type));
    } catch (ReflectiveOperationException | LinkageError | RuntimeException other) {
      GildLog.infoOnce("streams of " + type.getName() + " are not governed: " + other);
      return Optional.empty();
    }
  }

  private static @Nullable StreamShape shape(Class<?> type) throws ReflectiveOperationException {
    if (type == Flow.Publisher.class) {
      return new StreamShape(type, null, null, null, null);
    }
    ReactiveStreams streams = ReactiveStreams.in(type.getClassLoader());
    Class<?> publisher = streams.publisherType();
    return switch (type.getName()) {
      case "org.reactivestreams.Publisher" -> new StreamShape(type, streams, null, null, null);
      case "reactor.core.publisher.Flux" ->
          new StreamShape(type, streams, type.getMethod("from", publisher), null, null);
      case "reactor.core.publisher.Mono" ->
          new StreamShape(type, streams, type.getMethod("fromDirect", publisher), null, null);
      case RX + "Flowable" ->
          new StreamShape(type, streams, type.getMethod("fromPublisher", publisher), null, null);
      case RX + "Maybe" -> {
        // Its own fromPublisher cancels after the first element instead of waiting for the end.
        Class<?> flowable = Class.forName(RX + "Flowable", true, type.getClassLoader());
        yield new StreamShape(
            type,
            streams,
            flowable.getMethod("fromPublisher", publisher),
            flowable.getMethod("singleElement"),
            type.getMethod("toFlowable"));
      }
      case RX + "Single" ->
          new StreamShape(
              type,
              streams,
              type.getMethod("fromPublisher", publisher),
              null,
              type.getMethod("toFlowable"));
      case RX + "Observable" -> {
        Class<?> strategy = Class.forName(RX + "BackpressureStrategy", true, type.getClassLoader());
        yield new StreamShape(
            type,
            streams,
            type.getMethod("fromPublisher", publisher),
            null,
            type.getMethod("toFlowable", strategy),
            strategy.getField("BUFFER").get(null));
      }
      default -> null;
    };
  }

  /** Returns whether there is at most one element, which is the whole answer. */
  boolean isSingle() {
    String name = type.getName();
    return name.equals("reactor.core.publisher.Mono")
        || name.equals(RX + "Single")
        || name.equals(RX + "Maybe");
  }

  boolean isStream(Object value) {
    return type.isInstance(value);
  }

  /** Makes an object of the type that subscribes as a publisher does. */
  Object make(Flow.Publisher<Object> publisher) throws ReflectiveOperationException {
    Object made = foreign == null ? publisher : foreign.publisher(publisher);
    if (from == null) {
      return made;
    }
    Object stream = from.invoke(null, made);
    return then == null ? stream : then.invoke(stream);
  }

  /**
   * Subscribes to an object of the type.
   *
   * @param around the subscriber for which this is done, whose context the stream is to see
   */
  @SuppressWarnings("unchecked") // elements are only passed on
  void subscribe(
      Object stream, Flow.Subscriber<Object> subscriber, Flow.Subscriber<? super Object> around) {
    if (foreign == null) {
      ((Flow.Publisher<Object>) stream).subscribe(subscriber);
      return;
    }
    try {
      Object publisher =
          toPublisher == null ? stream : toPublisher.invoke(stream, toPublisherArguments);
      foreign.subscribe(publisher, subscriber, around);
    } catch (ReflectiveOperationException fault) {
      throw new IllegalStateException("Cannot subscribe to a " + type.getName(), fault);
    }
  }
}
