package io.gild.weaver;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The woven methods by number; a method keeps its number however often it is woven. */
final class Sites {

  private final Map<String, Integer> numbers = new HashMap<>();
  private volatile JoinPoint[] joinPoints = {};

  static String key(String className, String methodName, String descriptor) {
    return className + "#" + methodName + descriptor;
  }

  synchronized void add(String key, JoinPoint joinPoint) {
    if (!numbers.containsKey(key)) {
      numbers.put(key, joinPoints.length);
      JoinPoint[] more = Arrays.copyOf(joinPoints, joinPoints.length + 1);
      more[joinPoints.length] = joinPoint;
      joinPoints = more;
    }
  }

  synchronized @Nullable Integer number(String key) {
    return numbers.get(key);
  }

  synchronized @Nullable JoinPoint get(String key) {
    Integer number = numbers.get(key);
    return number == null ? null : joinPoints[number];
  }

  JoinPoint get(int number) {
    return joinPoints[number];
  }

  int size() {
    return joinPoints.length;
  }
}
