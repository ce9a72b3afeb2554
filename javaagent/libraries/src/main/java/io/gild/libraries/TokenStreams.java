package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's {@code TokenStream} as the result of an agent: it stores its handlers and passes
 * them to each attempt's own stream, so that the call lasts from {@code start} to the last chunk.
 */
final class TokenStreams implements InvocationHandler {

  private static final String NAME = "dev.langchain4j.service.TokenStream";
  private static final ModelDialect DIALECT = new LangChain4jDialect();

  /** A handler that was given to the stream. */
  private record Registration(Method method, @Nullable Object @Nullable [] arguments) {

    boolean is(String name) {
      return method.getName().equals(name);
    }

    @Nullable Object handler() {
      return arguments == null || arguments.length == 0 ? null : arguments[0];
    }
  }

  private final Class<?> type;
  private final GovernedMethod method;
  private final @Nullable Object self;
  private final Body body;
  private final @Nullable Object[] arguments;
  private final List<Registration> registrations = new ArrayList<>();
  private volatile @Nullable Attempt present;

  private TokenStreams(
      Class<?> type,
      GovernedMethod method,
      @Nullable Object self,
      Body body,
      @Nullable Object[] arguments) {
    this.type = type;
    this.method = method;
    this.self = self;
    this.body = body;
    this.arguments = arguments;
  }

  static boolean isReturnedBy(Method method) {
    return method.getReturnType().getName().equals(NAME);
  }

  /** Makes a stream that sends no request before it is started. */
  static Object record(
      Class<?> type,
      GovernedMethod method,
      @Nullable Object self,
      Body body,
      @Nullable Object[] arguments) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        new TokenStreams(type, method, self, body, arguments));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method called, @Nullable Object @Nullable [] given)
      throws Throwable {
    if (called.getDeclaringClass() == Object.class) {
      return switch (called.getName()) {
        case "equals" -> given != null && given[0] == proxy;
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "Gild's TokenStream";
      };
    }
    if (called.getName().equals("start")) {
      start();
      return null;
    }
    registrations.add(new Registration(called, given));
    return proxy;
  }

  private void start() throws Throwable {
    CompletableFuture<@Nullable Object> outcome = method.callAsync(self, this::attempt, arguments);
    Attempt last = present;
    if (last != null && last.refused != null) {
      throw last.refused; // the stream was not set up correctly
    }
    outcome.whenComplete(this::deliver);
  }

  private Object attempt(@Nullable Object[] given) throws Throwable {
    Attempt attempt = new Attempt(AgentCall.current());
    present = attempt;
    Object stream = body.run(given);
    if (stream == null) {
      throw new IllegalStateException(method.spec().id() + " returned null instead of a stream");
    }
    boolean handlesErrors = false;
    boolean handlesEnd = false;
    for (Registration registration : registrations) {
      handlesEnd |= registration.is("onCompleteResponse");
      handlesErrors |= registration.is("onError") || registration.is("ignoreErrors");
      invoke(registration.method(), stream, attempt.handlers(registration));
    }
    if (!handlesEnd) {
      invoke(type.getMethod("onCompleteResponse", Consumer.class), stream, attempt.end());
    }
    try {
      invoke(type.getMethod("start"), stream);
    } catch (Throwable failure) {
      attempt.refused = handlesErrors ? null : failure;
      throw failure;
    }
    return attempt.outcome;
  }

  private @Nullable Object invoke(
      Method called, Object stream, @Nullable Object @Nullable ... given) throws Throwable {
    try {
      return called.invoke(stream, given);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    }
  }

  private void deliver(@Nullable Object value, @Nullable Throwable failure) {
    Attempt last = present;
    present = null;
    try {
      if (failure != null) {
        tell("onError", failure);
        return;
      }
      Object response = value;
      if (value instanceof String text) {
        tell("onPartialResponse", text);
        response = DIALECT.responseOf(self == null ? registrations : self, text);
      } else if (value != null && (last == null || !last.streamed)) {
        tell("onPartialResponse", DIALECT.text(value));
      }
      tell("onCompleteResponse", response);
    } catch (Throwable fault) {
      GildLog.faultOnce("A stream's handler", fault);
    }
  }

  @SuppressWarnings("unchecked") // the library requires a consumer of this type
  private void tell(String name, @Nullable Object argument) {
    for (Registration registration : registrations) {
      if (registration.is(name) && registration.handler() instanceof Consumer<?> consumer) {
        ((Consumer<@Nullable Object>) consumer).accept(argument);
      }
    }
  }

  /** One run of the agent's own stream. */
  private final class Attempt {

    private final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
    private final @Nullable AgentCall call;
    private volatile boolean streamed;
    private volatile @Nullable Throwable refused;

    Attempt(@Nullable AgentCall call) {
      this.call = call;
    }

    Consumer<@Nullable Object> end() {
      return outcome::complete;
    }

    /** Inserts this attempt between the agent's stream and the caller's handler. */
    @SuppressWarnings("unchecked") // the library requires a consumer of this type
    @Nullable Object @Nullable [] handlers(Registration registration) {
      Consumer<Throwable> failed = outcome::completeExceptionally;
      if (registration.is("onCompleteResponse")) {
        return new Object[] {end()};
      }
      if (registration.is("onError")) {
        return new Object[] {failed};
      }
      if (registration.handler() instanceof Consumer<?> consumer) {
        Consumer<@Nullable Object> forward =
            chunk -> {
              if (handles(registration)) {
                ((Consumer<@Nullable Object>) consumer).accept(chunk);
              }
            };
        return new Object[] {forward};
      }
      if (registration.handler() instanceof BiConsumer<?, ?> consumer) {
        BiConsumer<@Nullable Object, @Nullable Object> forward =
            (chunk, context) -> {
              if (handles(registration)) {
                ((BiConsumer<@Nullable Object, @Nullable Object>) consumer).accept(chunk, context);
              }
            };
        return new Object[] {forward};
      }
      return registration.arguments();
    }

    private boolean handles(Registration registration) {
      if (present != this) {
        return false;
      }
      if (registration.method().getName().startsWith("onPartial")) {
        streamed = true;
        if (call != null) {
          call.delivered();
        }
      }
      return true;
    }
  }
}
