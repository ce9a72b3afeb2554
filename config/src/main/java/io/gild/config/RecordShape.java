package io.gild.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * The constructor and components of a record.
 *
 * @param constructor takes the values of all parts
 * @param parts the components in order
 * @param keys the keys of the parts
 */
record RecordShape(Constructor<? extends Record> constructor, List<Part> parts, List<String> keys) {

  /** A component of a record. */
  record Part(String key, Class<?> raw, Type type) {}

  /** Each reflective lookup makes new components, and a build binds thousands of records. */
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return read(type.asSubclass(Record.class));
        }
      };

  static RecordShape of(Class<?> record) {
    return SHAPES.get(record);
  }

  private static RecordShape read(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    List<Part> parts = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      String key = Keys.kebab(components[i].getName());
      types[i] = components[i].getType();
      parts.add(new Part(key, types[i], components[i].getGenericType()));
      keys.add(key);
    }
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true); // a module may keep its records to itself
      return new RecordShape(constructor, List.copyOf(parts), List.copyOf(keys));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("no record: " + type.getName(), e);
    }
  }
}
