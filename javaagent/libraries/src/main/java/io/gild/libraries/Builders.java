package io.gild.libraries;

import io.gild.config.Json;
import io.gild.weaver.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The common parts of the generated clients of several providers. */
final class Builders {

  private Builders() {}

  /** Copies arguments and rebuilds the first one for another model. */
  static @Nullable Object[] withModel(@Nullable Object[] arguments, String model) throws Throwable {
    return with(arguments, "model", model);
  }

  /** Copies arguments and rebuilds the first one with another value of one property. */
  static @Nullable Object[] with(@Nullable Object[] arguments, String property, String value)
      throws Throwable {
    @Nullable Object[] changed = arguments.clone();
    Object request = changed[0];
    if (request != null) {
      Object builder = Foreign.call(request, "toBuilder");
      changed[0] = Foreign.call(Foreign.call(builder, property, value), "build");
    }
    return changed;
  }

  /**
   * Adds a text to the system message at the beginning of a conversation, or puts one there.
   *
   * @param request an object of the same copy of the library
   * @param type name of the class of system messages
   * @param getter returns the text of one
   * @param maker name of the static method that makes one of a text, or {@code new}
   */
  static List<Object> withSystemText(
      Object request, List<?> messages, String type, String getter, String maker, String text)
      throws Throwable {
    List<Object> changed = new ArrayList<>(messages);
    Object first = changed.isEmpty() ? null : changed.get(0);
    boolean system = Foreign.is(first, type);
    String all = system ? Foreign.text(first, getter) + "\n\n" + text : text;
    Object message = Foreign.make(request, type, maker, all);
    if (system) {
      changed.set(0, message);
    } else {
      changed.add(0, message);
    }
    return changed;
  }

  /** Has a library write one of its own objects as JSON; returns the content as plain values. */
  static Object plain(Object object, String mappers) throws Throwable {
    Object mapper = Foreign.make(object, mappers, "jsonMapper");
    Object json = Foreign.call(mapper, "writeValueAsString", object);
    return Objects.requireNonNull(Json.read(json.toString()), "null");
  }

  /** The same for the body of a request. */
  @SuppressWarnings("unchecked") // the keys of JSON are texts
  static Map<String, ?> plainBody(@Nullable Object[] arguments, String mappers) throws Throwable {
    Object body = Foreign.read(arguments[0], "_body");
    if (body == null) {
      throw new NoSuchMethodException("_body of " + arguments[0]);
    }
    return (Map<String, ?>) plain(body, mappers);
  }

  /** Has a library read one of its own types from JSON. */
  static Object fromJson(Object librarySibling, String mappers, String className, String json)
      throws Throwable {
    Object mapper = Foreign.make(librarySibling, mappers, "jsonMapper");
    return Foreign.call(mapper, "readValue", json, Foreign.type(librarySibling, className));
  }
}
