package io.gild.observability;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/** An application's MDC whose operations on some keys fail. */
final class FaultyMdc implements MDCAdapter, AutoCloseable {

  private final MDCAdapter before = MDC.getMDCAdapter();
  private final Map<String, String> values = new HashMap<>();
  private final Set<String> broken;
  private final String operation;

  private FaultyMdc(String operation, Set<String> broken) {
    this.operation = operation;
    this.broken = broken;
  }

  /**
   * Takes the place of the present adapter until it is closed.
   *
   * @param operation which one fails: {@code get}, {@code put} or {@code remove}
   * @param broken the keys for which it fails
   */
  static FaultyMdc install(String operation, Set<String> broken) throws IllegalAccessException {
    FaultyMdc faulty = new FaultyMdc(operation, broken);
    set(faulty);
    return faulty;
  }

  private static void set(MDCAdapter adapter) throws IllegalAccessException {
    Field field =
        Arrays.stream(MDC.class.getDeclaredFields())
            .filter(each -> each.getType() == MDCAdapter.class)
            .findFirst()
            .orElseThrow();
    field.setAccessible(true);
    field.set(null, adapter);
  }

  private void failIf(String present, String key) {
    if (present.equals(operation) && broken.contains(key)) {
      throw new IllegalStateException(key + " is broken");
    }
  }

  Map<String, String> values() {
    return values;
  }

  @Override
  public void put(String key, String value) {
    failIf("put", key);
    values.put(key, value);
  }

  @Override
  public @Nullable String get(String key) {
    failIf("get", key);
    return values.get(key);
  }

  @Override
  public void remove(String key) {
    failIf("remove", key);
    values.remove(key);
  }

  @Override
  public void clear() {
    values.clear();
  }

  @Override
  public Map<String, String> getCopyOfContextMap() {
    return Map.copyOf(values);
  }

  @Override
  public void setContextMap(Map<String, String> all) {
    values.clear();
    values.putAll(all);
  }

  @Override
  public void pushByKey(String key, String value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String popByKey(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Deque<String> getCopyOfDequeByKey(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clearDequeByKey(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IllegalAccessException {
    set(before);
  }
}
