package io.gild.libraries;

import io.gild.weaver.Foreign;
import io.gild.weaver.PrivateFields;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A service of a generated client whose methods return unparsed HTTP responses, for one call. */
final class RawService {

  private final Object service;
  private final String library;
  private final String handler;
  private final @Nullable Object options;

  /**
   * @param service the object whose method was called
   * @param handler name of the field with the parser of a response
   * @param arguments the arguments of the method
   */
  RawService(Object service, String handler, @Nullable Object[] arguments) {
    this.service = service;
    this.library = service.getClass().getName().startsWith("com.openai.") ? "openai" : "anthropic";
    this.handler = handler;
    this.options = arguments.length > 1 ? arguments[1] : null;
  }

  /**
   * Whether the service has the expected fields; an unexpected service is logged once, and left
   * unchanged.
   */
  boolean isKnown() {
    return PrivateFields.of(service, handler) != null
        && PrivateFields.of(service, "clientOptions") != null;
  }

  private String name(String ofLibrary) {
    return "com." + library + ".core." + ofLibrary;
  }

  Class<?> responseType() {
    return type("http.HttpResponseFor");
  }

  Class<?> type(String ofLibrary) {
    try {
      return Foreign.type(service, name(ofLibrary));
    } catch (ClassNotFoundException changed) {
      throw new IllegalStateException(changed);
    }
  }

  /** A part of a response. */
  @FunctionalInterface
  interface Parts {
    @Nullable Object of(Method method) throws Throwable;
  }

  /** Has the library parse a response. */
  Object parse(Parts parts) throws Throwable {
    Object parser = PrivateFields.of(service, handler);
    if (parser == null) {
      throw new IllegalStateException(service.getClass().getName() + " has no " + handler);
    }
    Object response =
        proxy(type("http.HttpResponse"), (proxy, method, arguments) -> parts.of(method));
    return Foreign.call(parser, "handle", response);
  }

  /** Applies to an answer the options of the client and of this request, such as validation. */
  @Nullable Object validated(@Nullable Object answer) throws Throwable {
    Object wanted = options == null ? null : Foreign.read(options, "getResponseValidation");
    if (wanted == null) {
      wanted = Foreign.read(PrivateFields.of(service, "clientOptions"), "responseValidation");
    }
    if (answer != null && Boolean.TRUE.equals(wanted)) {
      Foreign.call(answer, "validate");
    }
    return answer;
  }

  Object noHeaders() throws Throwable {
    return Foreign.call(Foreign.make(service, name("http.Headers"), "builder"), "build");
  }

  String json(Object answer) throws Throwable {
    Object mapper = Foreign.make(service, name("ObjectMappers"), "jsonMapper");
    return Foreign.call(mapper, "writeValueAsString", answer).toString();
  }

  /** Makes an object of one of the library's interfaces. */
  Object proxy(Class<?> type, InvocationHandler methods) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) ->
            method.getDeclaringClass() == Object.class
                ? EventHandler.ofObject(proxy, method, arguments)
                : methods.invoke(proxy, method, arguments));
  }
}
