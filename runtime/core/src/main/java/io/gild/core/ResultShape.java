package io.gild.core;

import io.gild.config.Experimental;
import java.util.Set;

/** What a governed method returns, and when its call is over. */
@Experimental
public enum ResultShape {
  /** No value; over at return. */
  VOID,
  /** A value; over at return. */
  VALUE,
  /** A {@link java.util.concurrent.CompletionStage}; over when it completes. */
  FUTURE,
  /** A stream, pushed or pulled; over when it completes, fails or is cancelled. */
  STREAM;

  private static final Set<String> STREAMS =
      Set.of(
          "Ljava/util/concurrent/Flow$Publisher;",
          "Lorg/reactivestreams/Publisher;",
          "Lreactor/core/publisher/Flux;",
          "Lreactor/core/publisher/Mono;",
          "Lio/reactivex/rxjava3/core/Flowable;",
          "Lio/reactivex/rxjava3/core/Observable;",
          "Lio/reactivex/rxjava3/core/Single;",
          "Lio/reactivex/rxjava3/core/Maybe;",
          "Ljava/util/Iterator;",
          "Ljava/util/stream/Stream;");

  /**
   * Finds the shape of an erased return type.
   *
   * @param descriptor a method descriptor such as {@code (I)Ljava/lang/String;}
   * @return its shape
   */
  public static ResultShape of(String descriptor) {
    String type = descriptor.substring(descriptor.indexOf(')') + 1);
    return switch (type) {
      case "V" -> VOID;
      case "Ljava/util/concurrent/CompletionStage;", "Ljava/util/concurrent/CompletableFuture;" ->
          FUTURE;
      default -> STREAMS.contains(type) ? STREAM : VALUE;
    };
  }
}
