package io.gild.weaver;

import io.gild.core.GildLog;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads private fields. A class without the expected field is logged once, and the methods that
 * depend on it are not governed.
 */
public final class PrivateFields {

  private static final ClassValue<ConcurrentMap<String, Optional<Field>>> FIELDS =
      new ClassValue<>() {
        @Override
        protected ConcurrentMap<String, Optional<Field>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private PrivateFields() {}

  /**
   * Follows fields from an object.
   *
   * @param object where to begin
   * @param names names of the fields, also of superclasses
   * @return the last one's value, boxed; {@code null} if there is no such field
   */
  public static @Nullable Object of(@Nullable Object object, String... names) {
    Object value = object;
    for (String name : names) {
      value = value == null ? null : read(value, name);
    }
    return value;
  }

  /** Copies fields of an object to one of the same class; skips a field that cannot be copied. */
  public static void copy(Object from, Object to, String... names) {
    for (String name : names) {
      Field field = field(from, name);
      try {
        if (field != null) {
          field.set(to, field.get(from));
        }
      } catch (IllegalAccessException closed) {
        GildLog.infoOnce(from.getClass().getName() + " is left alone: " + closed);
      }
    }
  }

  /** Changes a field; skips one that cannot be changed. */
  public static void set(Object object, String name, Object value) {
    Field field = field(object, name);
    try {
      if (field != null) {
        field.set(object, value);
      }
    } catch (IllegalAccessException closed) {
      GildLog.infoOnce(object.getClass().getName() + " is left alone: " + closed);
    }
  }

  /**
   * Calls a method, of any superclass, by the exact types of its parameters; logs failures once.
   */
  public static void call(Object object, String name, Object... arguments) {
    Class<?>[] types = new Class<?>[arguments.length];
    Arrays.setAll(types, i -> arguments[i].getClass());
    for (Class<?> each = object.getClass(); each != null; each = each.getSuperclass()) {
      try {
        Method method = each.getDeclaredMethod(name, types);
        method.setAccessible(true);
        method.invoke(object, arguments);
        return;
      } catch (NoSuchMethodException elsewhere) {
        // It may be a superclass's.
      } catch (ReflectiveOperationException | RuntimeException | LinkageError fault) {
        GildLog.faultOnce(object.getClass().getName() + "." + name, fault);
        return;
      }
    }
    GildLog.infoOnce(object.getClass().getName() + " is left alone: it has no method " + name);
  }

  private static @Nullable Field field(Object object, String name) {
    return FIELDS
        .get(object.getClass())
        .computeIfAbsent(name, key -> find(object.getClass(), key))
        .orElse(null);
  }

  private static @Nullable Object read(Object object, String name) {
    Field field = field(object, name);
    try {
      return field == null ? null : field.get(object);
    } catch (IllegalAccessException closed) {
      return null;
    }
  }

  private static Optional<Field> find(Class<?> type, String name) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      try {
        Field field = each.getDeclaredField(name);
        field.setAccessible(true);
        return Optional.of(field);
      } catch (NoSuchFieldException elsewhere) {
        // It may be a superclass's.
      } catch (RuntimeException | LinkageError closed) {
        GildLog.infoOnce(type.getName() + " is left alone: " + closed);
        return Optional.empty();
      }
    }
    GildLog.infoOnce(type.getName() + " is left alone: it has no field " + name);
    return Optional.empty();
  }
}
