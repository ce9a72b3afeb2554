package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plain values, as JSON and YAML have them, as values of Java types. The opposite of {@link
 * PlainValues}.
 */
@Experimental
public final class TypedValues {

  /** The names that the JDK gives to static methods that make an object from a text. */
  private static final Set<String> FACTORIES =
      Set.of("valueOf", "of", "parse", "from", "fromString", "create");

  private TypedValues() {}

  /**
   * Converts a value.
   *
   * @param value a text, number, boolean, list, map or {@code null}
   * @param type the wanted type: text, number, boolean, character, enum, array, collection, map,
   *     optional, record, or a class that is made of one text
   * @return the value of that type
   * @throws IllegalArgumentException if the value does not fit
   */
  public static @Nullable Object convert(@Nullable Object value, Type type) {
    Class<?> raw = raw(type);
    if (value == null) {
      if (raw.isPrimitive()) {
        throw new IllegalArgumentException("null is not a " + raw.getName());
      }
      return raw == Optional.class ? Optional.empty() : null;
    }
    if (raw == Object.class) {
      return value;
    }
    if (raw.isAssignableFrom(String.class) && !(value instanceof List || value instanceof Map)) {
      return text(value);
    }
    if (raw.isPrimitive()
        || Number.class.isAssignableFrom(raw)
        || raw == Boolean.class
        || raw == Character.class) {
      return simple(text(value), raw);
    }
    if (raw.isEnum()) {
      return constant(text(value), raw);
    }
    if (raw.isArray()
        || raw.isAssignableFrom(ArrayList.class)
        || raw == Set.class
        || raw == Optional.class) {
      return list(value, type, raw);
    }
    if (raw == Map.class) {
      return map(value, type);
    }
    if (!(value instanceof List || value instanceof Map)) {
      Object made = ofText(text(value), raw);
      if (made != null) {
        return made;
      }
    }
    if (raw.isRecord()) {
      return record(value, raw);
    }
    throw new IllegalArgumentException(
        "a plain value cannot be a "
            + raw.getName()
            + "; it can be a text, number, boolean, constant, list, map, record, or an object"
            + " that is made of one text");
  }

  private static String text(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static Object simple(String text, Class<?> type) {
    try {
      if (type == int.class || type == Integer.class) {
        return new BigDecimal(text).intValueExact();
      }
      if (type == long.class || type == Long.class) {
        return new BigDecimal(text).longValueExact();
      }
      if (type == double.class || type == Double.class) {
        return Double.valueOf(text);
      }
      if (type == float.class || type == Float.class) {
        return Float.valueOf(text);
      }
      if (type == short.class || type == Short.class) {
        return new BigDecimal(text).shortValueExact();
      }
      if (type == byte.class || type == Byte.class) {
        return new BigDecimal(text).byteValueExact();
      }
      if (type == BigDecimal.class || type == Number.class) {
        return new BigDecimal(text);
      }
      if (type == java.math.BigInteger.class) {
        return new BigDecimal(text).toBigIntegerExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not a " + type.getName(), e);
    }
    boolean truth = text.equals("true") || text.equals("false");
    if ((type == boolean.class || type == Boolean.class) && truth) {
      return Boolean.valueOf(text);
    }
    if ((type == char.class || type == Character.class) && text.length() == 1) {
      return text.charAt(0);
    }
    throw new IllegalArgumentException("\"" + text + "\" is not a " + type.getName());
  }

  private static Object constant(String text, Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(type.getName() + " has no constant " + text));
  }

  private static Object list(Object value, Type type, Class<?> raw) {
    Type item = raw.isArray() ? component(type, raw) : argument(type, 0);
    if (raw == Optional.class) {
      return Optional.ofNullable(convert(value, item));
    }
    if (!(structured(value) instanceof List<?> given)) {
      throw new IllegalArgumentException("\"" + value + "\" is not a list");
    }
    List<@Nullable Object> items = new ArrayList<>();
    for (Object each : given) {
      items.add(convert(each, item));
    }
    if (!raw.isArray()) {
      return raw == Set.class ? new LinkedHashSet<>(items) : items;
    }
    Object array = Array.newInstance(raw.getComponentType(), items.size());
    for (int i = 0; i < items.size(); i++) {
      Array.set(array, i, items.get(i));
    }
    return array;
  }

  private static Object map(Object value, Type type) {
    if (!(structured(value) instanceof Map<?, ?> given)) {
      throw new IllegalArgumentException("\"" + value + "\" is not a map");
    }
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    given.forEach(
        (key, item) -> map.put(convert(key, argument(type, 0)), convert(item, argument(type, 1))));
    return map;
  }

  private static Object record(Object value, Class<?> raw) {
    if (!(structured(value) instanceof Map<?, ?> given)) {
      throw new IllegalArgumentException("\"" + value + "\" is not a " + raw.getName());
    }
    RecordComponent[] components = raw.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = convert(given.get(components[i].getName()), components[i].getGenericType());
    }
    try {
      Constructor<?> constructor = raw.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          raw.getName() + " does not take these values: " + e.getCause(), e);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(raw.getName() + " cannot be made: " + e, e);
    }
  }

  /** Makes an object of one text; {@code null} if its class cannot. */
  private static @Nullable Object ofText(String text, Class<?> type) {
    try {
      for (Method method : type.getMethods()) {
        if (Modifier.isStatic(method.getModifiers())
            && FACTORIES.contains(method.getName())
            && method.getReturnType() == type
            && takesText(method.getParameterTypes())) {
          return method.invoke(null, text);
        }
      }
      for (Constructor<?> constructor : type.getConstructors()) {
        if (takesText(constructor.getParameterTypes())
            && !type.isRecord()
            && !Modifier.isAbstract(type.getModifiers())) {
          return constructor.newInstance(text);
        }
      }
      return null;
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a " + type.getName() + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " cannot be made: " + e, e);
    }
  }

  private static boolean takesText(Class<?>[] types) {
    return types.length == 1 && (types[0] == String.class || types[0] == CharSequence.class);
  }

  /** A text may be JSON of the wanted type, because annotations can only give texts. */
  private static Object structured(Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    try {
      Object json = Json.read(text);
      return json == null ? text : json;
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static Type component(Type type, Class<?> raw) {
    return type instanceof GenericArrayType array
        ? array.getGenericComponentType()
        : raw.getComponentType();
  }

  private static Type argument(Type type, int index) {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[index];
      return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
    }
    return Object.class;
  }

  private static Class<?> raw(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    if (type instanceof GenericArrayType array) {
      return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
    }
    return type instanceof TypeVariable<?> variable ? raw(variable.getBounds()[0]) : Object.class;
  }
}
