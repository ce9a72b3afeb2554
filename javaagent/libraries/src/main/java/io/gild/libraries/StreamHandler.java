package io.gild.libraries;

import io.gild.core.GildLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The application's handler of a stream, which implements an interface of the application's class
 * loader.
 */
final class StreamHandler {

  private static final String INTERFACE =
      "dev.langchain4j.model.chat.response.StreamingChatResponseHandler";

  private final Class<?> type;
  private final Object handler;
  private final Method complete;
  private final Method error;
  private final Method partial;

  /** Returns the handler itself. */
  Object own() {
    return handler;
  }

  private StreamHandler(Class<?> type, Object handler) throws ReflectiveOperationException {
    this.type = type;
    this.handler = handler;
    this.partial = type.getMethod("onPartialResponse", String.class);
    this.error = type.getMethod("onError", Throwable.class);
    Method found = null;
    for (Method method : type.getMethods()) {
      if (method.getName().equals("onCompleteResponse") && method.getParameterCount() == 1) {
        found = method;
      }
    }
    if (found == null) {
      throw new NoSuchMethodException(type.getName() + ".onCompleteResponse");
    }
    this.complete = found;
  }

  /** Wraps a handler; null if it does not have the expected type. */
  static @Nullable StreamHandler of(Object handler) {
    try {
      Class<?> type = Class.forName(INTERFACE, false, handler.getClass().getClassLoader());
      return type.isInstance(handler) ? new StreamHandler(type, handler) : null;
    } catch (ReflectiveOperationException | LinkageError fault) {
      GildLog.faultOnce("Wrapping a stream's handler", fault);
      return null;
    }
  }

  /** Makes another handler of the same interface. */
  Object proxy(InvocationHandler invocations) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, invocations);
  }

  /** Passes any call on, and throws what the handler throws. */
  @Nullable Object forward(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(handler, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    }
  }

  void partial(String text) throws Throwable {
    forward(partial, new Object[] {text});
  }

  void complete(@Nullable Object response) throws Throwable {
    forward(complete, new @Nullable Object[] {response});
  }

  void error(Throwable failure) throws Throwable {
    forward(error, new Object[] {failure});
  }
}
