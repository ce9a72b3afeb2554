package io.gild.orchestration;

import io.gild.config.Json;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Inputs and results of durable runs as JSON that names the types of its values.
 *
 * <p>Texts, booleans, whole numbers of 32 bits, {@code null} and lists are plain JSON. Each other
 * value is an object of its type {@code @} and its value {@code v}. Only records and enums are
 * created by their class name.
 */
final class RunValues {

  private static final String TYPE = "@";
  private static final String VALUE = "v";

  private record Scalar<T>(Class<T> type, Function<T, Object> write, Function<String, T> read) {

    Object writeAny(Object value) {
      return write.apply(type.cast(value));
    }
  }

  private static final Map<String, Scalar<?>> SCALARS = new LinkedHashMap<>();

  static {
    scalar("long", Long.class, Long::valueOf);
    scalar("double", Double.class, Double::valueOf);
    scalar("float", Float.class, Float::valueOf);
    scalar("short", Short.class, Short::valueOf);
    scalar("byte", Byte.class, Byte::valueOf);
    scalar("char", Character.class, text -> text.charAt(0));
    scalar("decimal", BigDecimal.class, BigDecimal::new);
    scalar("integer", BigInteger.class, BigInteger::new);
    scalar("duration", Duration.class, Duration::parse);
    scalar("instant", Instant.class, Instant::parse);
    scalar("date", LocalDate.class, LocalDate::parse);
    scalar("uuid", UUID.class, UUID::fromString);
    scalar("uri", URI.class, URI::create);
    SCALARS.put(
        "bytes",
        new Scalar<>(
            byte[].class,
            bytes -> Base64.getEncoder().encodeToString(bytes),
            text -> Base64.getDecoder().decode(text)));
  }

  private static <T> void scalar(String name, Class<T> type, Function<String, T> read) {
    SCALARS.put(name, new Scalar<>(type, String::valueOf, read));
  }

  private RunValues() {}

  /**
   * Returns a value as plain JSON.
   *
   * @throws OrchestrationException if its type, or that of a part of it, cannot be recorded
   */
  static @Nullable Object write(@Nullable Object value) {
    return write(value, "the value");
  }

  private static @Nullable Object write(@Nullable Object value, String place) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Integer) {
      return value;
    }
    for (Map.Entry<String, Scalar<?>> each : SCALARS.entrySet()) {
      if (each.getValue().type().isInstance(value)) {
        return tagged(each.getKey(), each.getValue().writeAny(value));
      }
    }
    if (value instanceof List<?> list) {
      return items(list, place);
    }
    if (value instanceof Set<?> set) {
      return tagged("set", items(set, place));
    }
    if (value instanceof Optional<?> optional) {
      return tagged("optional", write(optional.orElse(null), place));
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, place);
    }
    if (value instanceof Enum<?> constant) {
      return tagged(constant.getDeclaringClass().getName(), constant.name());
    }
    if (value instanceof Object[] array && array.getClass() == String[].class) {
      return tagged("texts", items(Arrays.asList(array), place));
    }
    if (value.getClass().isRecord()) {
      return tagged(value.getClass().getName(), components(value, place));
    }
    throw new OrchestrationException(
        place
            + " is a "
            + value.getClass().getName()
            + ", which a durable run cannot record; use a text, number, enum, record, list or map,"
            + " or run the workflow without a folder");
  }

  private static Map<String, @Nullable Object> tagged(String type, @Nullable Object value) {
    Map<String, @Nullable Object> tagged = new LinkedHashMap<>();
    tagged.put(TYPE, type);
    tagged.put(VALUE, value);
    return tagged;
  }

  private static List<@Nullable Object> items(Collection<?> values, String place) {
    List<@Nullable Object> items = new ArrayList<>(values.size());
    for (Object value : values) {
      items.add(write(value, place + "[" + items.size() + "]"));
    }
    return items;
  }

  private static Object map(Map<?, ?> map, String place) {
    List<@Nullable Object> entries = new ArrayList<>(map.size());
    map.forEach((key, value) -> {
      List<@Nullable Object> entry = new ArrayList<>(2);
      entry.add(write(key, "a key of " + place));
      entry.add(write(value, place + "." + key));
      entries.add(entry);
    });
    return tagged("map", entries);
  }

  private static Object components(Object value, String place) {
    Map<String, @Nullable Object> components = new LinkedHashMap<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        components.put(
            component.getName(),
            write(component.getAccessor().invoke(value), place + "." + component.getName()));
      } catch (InvocationTargetException | IllegalAccessException | RuntimeException e) {
        if (e instanceof OrchestrationException known) {
          throw known;
        }
        throw new OrchestrationException(
            place + "." + component.getName() + " of " + value.getClass() + " cannot be read", e);
      }
    }
    return components;
  }

  /**
   * Returns the value of plain JSON.
   *
   * @param loader knows the records and enums
   * @throws OrchestrationException if a class is missing or does not fit
   */
  static @Nullable Object read(@Nullable Object json, @Nullable ClassLoader loader) {
    if (json instanceof Number number) {
      return number.intValue();
    }
    if (json instanceof List<?> list) {
      return list(list, loader);
    }
    if (!(json instanceof Map<?, ?> tagged)) {
      return json;
    }
    String type = String.valueOf(tagged.get(TYPE));
    Object value = tagged.get(VALUE);
    Scalar<?> scalar = SCALARS.get(type);
    if (scalar != null) {
      return scalar.read().apply(String.valueOf(value));
    }
    return switch (type) {
      case "set" -> Collections.unmodifiableSet(new LinkedHashSet<>(list((List<?>) value, loader)));
      case "optional" -> Optional.ofNullable(read(value, loader));
      case "texts" -> list((List<?>) value, loader).toArray(new String[0]);
      case "map" -> readMap((List<?>) value, loader);
      default -> named(type, value, loader);
    };
  }

  private static List<@Nullable Object> list(
      @Nullable List<?> items, @Nullable ClassLoader loader) {
    List<@Nullable Object> values = new ArrayList<>();
    if (items != null) {
      items.forEach(item -> values.add(read(item, loader)));
    }
    return Collections.unmodifiableList(values);
  }

  private static Map<@Nullable Object, @Nullable Object> readMap(
      @Nullable List<?> entries, @Nullable ClassLoader loader) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    if (entries != null) {
      for (Object entry : entries) {
        List<?> pair = (List<?>) entry;
        map.put(read(pair.get(0), loader), read(pair.get(1), loader));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private static Object named(String name, @Nullable Object value, @Nullable ClassLoader loader) {
    try {
      Class<?> type = Class.forName(name, true, loader);
      if (type.isEnum()) {
        return constant(type, String.valueOf(value));
      }
      if (type.isRecord() && value instanceof Map<?, ?> components) {
        return construct(type, components, loader);
      }
      throw new OrchestrationException(
          "a recorded value names " + name + ", which is neither a record nor an enum");
    } catch (ClassNotFoundException missing) {
      throw new OrchestrationException(
          "a recorded value is a " + name + ", which this application does not have", missing);
    }
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new OrchestrationException(
        "a recorded value is " + type.getName() + "." + name + ", which does not exist anymore");
  }

  private static Object construct(Class<?> type, Map<?, ?> values, @Nullable ClassLoader loader) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      Object value = read(values.get(components[i].getName()), loader);
      arguments[i] = value == null ? absent(types[i]) : value;
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new OrchestrationException("a recorded " + type.getName() + " cannot be read: " + e, e);
    }
  }

  /** Returns the value of a component that a record has got since. */
  private static @Nullable Object absent(Class<?> type) {
    return type.isPrimitive()
        ? java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0)
        : null;
  }

  /** Returns a text that is equal for equal values; a value without a record is its class. */
  static String fingerprint(List<@Nullable Object> values) {
    List<@Nullable Object> parts = new ArrayList<>();
    for (Object value : values) {
      try {
        parts.add(write(value));
      } catch (OrchestrationException unrecordable) {
        parts.add(unrecordable.getMessage());
      }
    }
    return Json.write(parts);
  }
}
