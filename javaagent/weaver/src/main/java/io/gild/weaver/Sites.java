package io.gild.weaver;

import io.gild.weaver.spi.JoinPoint;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The woven methods by number. A method keeps its number if it is woven again; methods with one
 * name in several class loaders have several numbers. Numbers of unloaded classes are reused.
 */
final class Sites {

  private final PerLoader<Map<String, Integer>> numbers =
      new PerLoader<>(HashMap::new, unloaded -> free(unloaded));
  private final Deque<Integer> free = new ArrayDeque<>();
  private volatile JoinPoint[] joinPoints = {};

  static String key(String className, String methodName, String descriptor) {
    return className + "#" + methodName + descriptor;
  }

  synchronized void add(@Nullable ClassLoader loader, String key, JoinPoint joinPoint) {
    Map<String, Integer> known = numbers.of(loader);
    if (!known.containsKey(key)) {
      Integer reused = free.poll();
      int number = reused == null ? joinPoints.length : reused;
      JoinPoint[] more = Arrays.copyOf(joinPoints, Math.max(joinPoints.length, number + 1));
      more[number] = joinPoint;
      known.put(key, number);
      joinPoints = more;
    }
  }

  private void free(Map<String, Integer> unloaded) {
    free.addAll(unloaded.values());
  }

  synchronized @Nullable Integer number(@Nullable ClassLoader loader, String key) {
    return numbers.of(loader).get(key);
  }

  JoinPoint get(int number) {
    return joinPoints[number];
  }

  int size() {
    return joinPoints.length;
  }
}
