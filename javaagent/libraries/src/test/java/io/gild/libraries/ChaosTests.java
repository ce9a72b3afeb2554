package io.gild.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.weaver.AgentOptions;
import io.gild.weaver.EngineSettings;
import io.gild.weaver.Engines;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.spi.JoinPoint;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * After any failure between Gild and a library, the application still gets the library's own answer
 * or failure, and an unchanged thread.
 */
class ChaosTests {

  /** How a library hands its answer over. */
  enum Way {
    VALUE,
    FUTURE,
    PULLED,
    PUBLISHED;
  }

  /** Where the reading of the library goes wrong. */
  enum Place {
    NOWHERE,
    PROVIDER,
    ASKED_MODEL,
    PROMPT,
    REQUEST,
    IS_RESPONSE,
    READ,
    PIECES,
    PIECE;
  }

  /** What it looks like when it does. */
  enum Kind {
    RUNTIME_EXCEPTION,
    CHECKED_EXCEPTION,
    LINKAGE_ERROR,
    ASSERTION_ERROR;

    Throwable make() {
      return switch (this) {
        case RUNTIME_EXCEPTION -> new ClassCastException("an alien shape");
        case CHECKED_EXCEPTION -> new Exception("an alien shape");
        case LINKAGE_ERROR -> new NoSuchMethodError("an alien shape");
        case ASSERTION_ERROR -> new AssertionError("an alien shape");
      };
    }
  }

  /** A model library's own type of stream. */
  public interface Pulled extends AutoCloseable {
    Stream<String> stream();

    @Override
    void close();
  }

  /** A model library. */
  public static final class Library {

    private final @Nullable RuntimeException failure;

    Library(@Nullable RuntimeException failure) {
      this.failure = failure;
    }

    private void mayFail() {
      if (failure != null) {
        throw failure;
      }
    }

    public String value(String request) {
      mayFail();
      return "answer to " + request;
    }

    public CompletableFuture<String> future(String request) {
      return failure == null
          ? CompletableFuture.completedFuture("answer to " + request)
          : CompletableFuture.failedFuture(failure);
    }

    public Pulled pulled(String request) {
      mayFail();
      return new Pulled() {
        @Override
        public Stream<String> stream() {
          return Stream.of("answer", " to ", request);
        }

        @Override
        public void close() {}
      };
    }

    public Flow.Publisher<String> published(String request) {
      return subscriber ->
          subscriber.onSubscribe(
              new Flow.Subscription() {
                private boolean over;

                @Override
                public void request(long n) {
                  if (over) {
                    return;
                  }
                  over = true;
                  if (failure != null) {
                    subscriber.onError(failure);
                    return;
                  }
                  subscriber.onNext("answer to " + request);
                  subscriber.onComplete();
                }

                @Override
                public void cancel() {
                  over = true;
                }
              });
    }
  }

  private static final class Broken extends ModelDialect {

    private final Place place;
    private final Kind kind;

    Broken(Place place, Kind kind) {
      this.place = place;
      this.kind = kind;
    }

    private void at(Place here) {
      if (place == here) {
        ChaosTests.<RuntimeException>raise(kind.make());
      }
    }

    @Override
    String provider(@Nullable Object self, @Nullable Object[] arguments) {
      at(Place.PROVIDER);
      return "acme";
    }

    @Override
    @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments) {
      at(Place.ASKED_MODEL);
      return "own-model";
    }

    @Override
    @Nullable String prompt(@Nullable Object[] arguments) {
      at(Place.PROMPT);
      return (String) arguments[0];
    }

    @Override
    Object request(@Nullable Object[] arguments) {
      at(Place.REQUEST);
      return String.valueOf(arguments[0]);
    }

    @Override
    @Nullable Object[] withModel(
        @Nullable Object self, @Nullable Object[] arguments, String model) {
      return arguments;
    }

    @Override
    boolean isResponse(Object value) {
      at(Place.IS_RESPONSE);
      return value instanceof String;
    }

    @Override
    ReadAnswer read(Object response) {
      at(Place.READ);
      return new ReadAnswer("own-model", Usage.of(1, 1), "stop", List.of());
    }

    @Override
    ModelChunks chunks(@Nullable Object self, @Nullable Object[] arguments) {
      at(Place.PIECES);
      return new ModelChunks() {
        @Override
        void add(Object chunk) {
          at(Place.PIECE);
          take("own-model", "stop");
        }
      };
    }

    @Override
    String text(Object response) {
      return String.valueOf(response);
    }

    @Override
    Object responseOf(Object librarySibling, String text) {
      return text;
    }
  }

  @SuppressWarnings("unchecked") // so that a checked exception comes out where none is declared
  private static <T extends Throwable> void raise(Throwable failure) throws T {
    throw (T) failure;
  }

  static Stream<Arguments> mishaps() {
    List<Arguments> all = new ArrayList<>();
    for (Way way : Way.values()) {
      for (Place place : Place.values()) {
        for (Kind kind : Kind.values()) {
          all.add(Arguments.of(way, place, kind));
        }
      }
    }
    return all.stream();
  }

  private static JoinPoint joinPoint(Way way, ModelDialect dialect) {
    LazyRuntime runtime = new LazyRuntime(EngineSettings.load(AgentOptions.parse(""), List.of()));
    LibraryMethods methods = new LibraryMethods(runtime, "chaos");
    LibraryMethod kind = LibraryMethod.chat("com.acme.Library", way.name());
    return switch (way) {
      case VALUE -> new ModelJoinPoint(methods, kind, dialect);
      case FUTURE -> new ModelFutureJoinPoint(methods, kind, dialect);
      case PULLED -> new ModelPullJoinPoint(methods, kind, dialect);
      case PUBLISHED ->
          new ModelPublisherJoinPoint(
              methods, kind, dialect, "java.util.concurrent.Flow$Publisher");
    };
  }

  private static MethodHandle handle(Way way) throws ReflectiveOperationException {
    Class<?> result =
        switch (way) {
          case VALUE -> String.class;
          case FUTURE -> CompletableFuture.class;
          case PULLED -> Pulled.class;
          case PUBLISHED -> Flow.Publisher.class;
        };
    return MethodHandles.lookup()
        .findVirtual(
            Library.class,
            way.name().toLowerCase(Locale.ROOT),
            MethodType.methodType(result, String.class));
  }

  /** Acts like woven code. */
  private static @Nullable Object called(Way way, JoinPoint joinPoint, Library library)
      throws Throwable {
    GildEngine engine = Engines.of(joinPoint);
    Object[] arguments = {"question"};
    Object call = engine.enter(0, library, arguments, handle(way));
    if (call == null || engine.proceed(call)) {
      return handle(way).invoke(library, "question");
    }
    Throwable failure = engine.failure(call);
    if (failure != null) {
      throw failure;
    }
    return engine.result(call);
  }

  private static String said(Way way, @Nullable Object result) throws Throwable {
    return switch (way) {
      case VALUE -> String.valueOf(result);
      case FUTURE -> {
        try {
          yield String.valueOf(((CompletableFuture<?>) result).get(10, TimeUnit.SECONDS));
        } catch (ExecutionException failed) {
          throw failed.getCause();
        }
      }
      case PULLED -> {
        try (Pulled pulled = (Pulled) result) {
          yield String.join("", pulled.stream().toList());
        }
      }
      case PUBLISHED -> heard((Flow.Publisher<?>) result);
    };
  }

  private static String heard(Flow.Publisher<?> publisher) throws Throwable {
    CompletableFuture<String> answer = new CompletableFuture<>();
    StringBuilder chunks = new StringBuilder();
    publisher.subscribe(
        new Flow.Subscriber<Object>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(Object chunk) {
            chunks.append(chunk);
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
          }

          @Override
          public void onComplete() {
            answer.complete(chunks.toString());
          }
        });
    try {
      return answer.get(10, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause();
    }
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void theApplicationGetsTheLibrarysOwnAnswer(Way way, Place place, Kind kind) throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.interrupt();
    boolean interrupted;
    String said;
    try {
      Object result = called(way, joinPoint(way, new Broken(place, kind)), new Library(null));
      interrupted = Thread.interrupted();
      said = said(way, result);
    } finally {
      Thread.interrupted();
    }
    assertThat(said).isEqualTo("answer to question");
    assertThat(interrupted).as("still interrupted").isTrue();
    assertThat(thread.getContextClassLoader()).isSameAs(loader);
    assertThat(AgentCall.current()).isNull();
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  void theApplicationGetsTheLibrarysOwnFailure(Way way, Place place, Kind kind) {
    IllegalStateException own = new IllegalStateException("own");
    Throwable heard = null;
    try {
      said(way, called(way, joinPoint(way, new Broken(place, kind)), new Library(own)));
    } catch (Throwable failure) {
      heard = failure;
    }
    assertThat(heard).isSameAs(own);
    assertThat(own.getSuppressed()).isEmpty();
    assertThat(AgentCall.current()).isNull();
  }
}
