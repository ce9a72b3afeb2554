package io.gild.weaver;

import io.gild.core.PerClass;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls methods of objects by names, through handles that are looked up once per class.
 *
 * <p>Thread-safe. Handles live as long as the class they belong to.
 */
public final class Foreign {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  /** The handles of a class. */
  private static final class Known {

    /** Its supertypes and itself by name. */
    private final Map<String, Class<?>> supertypes = new LinkedHashMap<>();

    /** Getters by name, which take and return an object. */
    private final Map<String, Optional<MethodHandle>> getters = new ConcurrentHashMap<>();

    /** Other methods, which take an array and return an object. */
    private final Map<Key, Optional<MethodHandle>> methods = new ConcurrentHashMap<>();

    Known(Class<?> type) {
      Deque<Class<?>> open = new ArrayDeque<>();
      open.add(type);
      while (!open.isEmpty()) {
        Class<?> next = open.remove();
        if (supertypes.putIfAbsent(next.getName(), next) == null) {
          if (next.getSuperclass() != null) {
            open.add(next.getSuperclass());
          }
          open.addAll(Arrays.asList(next.getInterfaces()));
        }
      }
    }
  }

  private static final PerClass<Known> KNOWN = new PerClass<>(Known::new);

  /** A method by its name and the classes of its arguments. */
  private record Key(String name, List<Class<?>> arguments, boolean statically) {}

  private Foreign() {}

  /**
   * Follows getters from an object.
   *
   * @param object where to begin
   * @param getters names of methods without parameters; optional values are unpacked on the way
   * @return the result of the last one; {@code null} if a value on the way is missing or empty, or
   *     if a getter throws, as getters of generated clients do for a field that an answer leaves
   *     out
   */
  public static @Nullable Object read(@Nullable Object object, String... getters) {
    Object value = plain(object);
    for (String getter : getters) {
      MethodHandle handle = value == null ? null : getter(value.getClass(), getter);
      value = handle == null || value == null ? null : plain(get(handle, value));
    }
    return value;
  }

  private static @Nullable Object get(MethodHandle getter, Object object) {
    try {
      return (Object) getter.invokeExact(object);
    } catch (Error fault) {
      throw fault;
    } catch (Throwable absent) {
      return null;
    }
  }

  /** Follows getters to a text; empty if there is none. */
  public static String text(@Nullable Object object, String... getters) {
    Object value = read(object, getters);
    return value == null ? "" : value.toString();
  }

  /** Follows getters to a name, and unwraps it; null if there is none. */
  public static @Nullable String word(@Nullable Object object, String... getters) {
    Object value = read(object, getters);
    if (value == null) {
      return null;
    }
    Object word = read(value, "asString");
    return word == null ? value.toString() : word.toString();
  }

  /** Follows getters to a number of things; zero if there is none. */
  public static long count(@Nullable Object object, String... getters) {
    return read(object, getters) instanceof Number number ? Math.max(0, number.longValue()) : 0;
  }

  /** Follows getters to a number; null if there is none. */
  public static @Nullable Long number(@Nullable Object object, String... getters) {
    return read(object, getters) instanceof Number number ? number.longValue() : null;
  }

  /** Follows getters to a list; empty if there is none. */
  public static List<?> list(@Nullable Object object, String... getters) {
    Object value = read(object, getters);
    if (value instanceof List<?> list) {
      return list;
    }
    return value instanceof Collection<?> collection ? List.copyOf(collection) : List.of();
  }

  /** Returns whether an object has a method of that name without parameters. */
  public static boolean has(Object object, String getter) {
    return getter(object.getClass(), getter) != null;
  }

  /**
   * Calls a method.
   *
   * @param object the object
   * @param name name of the method
   * @param arguments none of them {@code null}; they choose among overloads
   * @return its result
   * @throws NoSuchMethodException if there is no such public method
   * @throws Throwable what the method throws
   */
  public static Object call(Object object, String name, Object... arguments) throws Throwable {
    MethodHandle handle = handle(object.getClass(), new Key(name, classes(arguments), false));
    if (handle == null) {
      throw missing(object.getClass(), name, arguments);
    }
    Object[] all = new Object[arguments.length + 1];
    all[0] = object;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return (Object) handle.invokeExact(all);
  }

  /**
   * Calls a static method or a constructor of a class that has the same loader as another.
   *
   * @param librarySibling an object whose class loader finds the class
   * @param className binary name of the class
   * @param name name of the method, or {@code new}
   * @param arguments none of them {@code null}
   * @return its result
   * @throws ReflectiveOperationException if there is no such class or method
   * @throws Throwable what the method throws
   */
  public static Object make(
      Object librarySibling, String className, String name, Object... arguments) throws Throwable {
    Class<?> type = type(librarySibling, className);
    MethodHandle handle = handle(type, new Key(name, classes(arguments), true));
    if (handle == null) {
      throw missing(type, name, arguments);
    }
    return (Object) handle.invokeExact(arguments);
  }

  /** Finds a class with the class loader of an object. */
  public static Class<?> type(Object librarySibling, String className)
      throws ClassNotFoundException {
    return Class.forName(className, false, librarySibling.getClass().getClassLoader());
  }

  /** Returns whether a class, one of its superclasses or interfaces has a name. */
  public static boolean is(@Nullable Object object, String className) {
    return object != null && supertype(object.getClass(), className) != null;
  }

  /** Finds the supertype of a name; null if there is none. */
  public static @Nullable Class<?> supertype(Class<?> type, String className) {
    return KNOWN.get(type).supertypes.get(className);
  }

  private static NoSuchMethodException missing(Class<?> type, String name, Object... arguments) {
    return new NoSuchMethodException(type.getName() + "." + name + classes(arguments));
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.orElse(null);
    }
    if (value instanceof OptionalLong optional) {
      return optional.isPresent() ? optional.getAsLong() : null;
    }
    if (value instanceof OptionalInt optional) {
      return optional.isPresent() ? optional.getAsInt() : null;
    }
    return value;
  }

  private static List<Class<?>> classes(Object... arguments) {
    Class<?>[] classes = new Class<?>[arguments.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = arguments[i].getClass();
    }
    return Arrays.asList(classes);
  }

  private static @Nullable MethodHandle getter(Class<?> type, String name) {
    Map<String, Optional<MethodHandle>> known = KNOWN.get(type).getters;
    Optional<MethodHandle> handle = known.get(name);
    if (handle == null) {
      handle = Optional.ofNullable(find(type, new Key(name, List.of(), false)));
      known.put(name, handle);
    }
    return handle.orElse(null);
  }

  private static @Nullable MethodHandle handle(Class<?> type, Key key) {
    Map<Key, Optional<MethodHandle>> known = KNOWN.get(type).methods;
    Optional<MethodHandle> handle = known.get(key);
    if (handle == null) {
      MethodHandle found = find(type, key);
      handle =
          Optional.ofNullable(
              found == null
                  ? null
                  : found.asSpreader(Object[].class, found.type().parameterCount()));
      known.put(key, handle);
    }
    return handle.orElse(null);
  }

  /** Searches the type and its supertypes, because the type itself may not be public. */
  private static @Nullable MethodHandle find(Class<?> type, Key key) {
    if (key.name().equals("new")) {
      return constructor(type, key);
    }
    for (Class<?> candidate : KNOWN.get(type).supertypes.values()) {
      if (mayBeAccessible(candidate)) {
        for (Method method : candidate.getMethods()) {
          if (method.getDeclaringClass() == candidate && fits(method, key)) {
            try {
              return LOOKUP.unreflect(method).asType(generic(key));
            } catch (IllegalAccessException hidden) {
              // Perhaps a supertype shows it.
            }
          }
        }
      }
    }
    return null;
  }

  /** A protected nested class is public in its class file, and accessible to the lookup. */
  private static boolean mayBeAccessible(Class<?> type) {
    return (type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
  }

  private static @Nullable MethodHandle constructor(Class<?> type, Key key) {
    for (Constructor<?> constructor : type.getConstructors()) {
      if (accepts(constructor, key)) {
        try {
          return LOOKUP.unreflectConstructor(constructor).asType(generic(key));
        } catch (IllegalAccessException hidden) {
          // Perhaps another one.
        }
      }
    }
    return null;
  }

  private static boolean fits(Method method, Key key) {
    return method.getName().equals(key.name())
        && Modifier.isStatic(method.getModifiers()) == key.statically()
        && !method.isBridge()
        && accepts(method, key);
  }

  private static boolean accepts(Executable method, Key key) {
    if (method.getParameterCount() != key.arguments().size()) {
      return false;
    }
    Class<?>[] parameters = method.getParameterTypes();
    for (int i = 0; i < parameters.length; i++) {
      Class<?> boxed = MethodType.methodType(parameters[i]).wrap().returnType();
      if (!boxed.isAssignableFrom(key.arguments().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static MethodType generic(Key key) {
    return MethodType.genericMethodType(key.arguments().size() + (key.statically() ? 0 : 1));
  }
}
