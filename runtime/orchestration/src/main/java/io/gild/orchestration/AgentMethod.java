package io.gild.orchestration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A method that an annotation names.
 *
 * @param method the method
 */
record AgentMethod(Method method) {

  /**
   * Finds the method of an agent.
   *
   * @param name its name; empty for the only public method that the type declares
   * @throws IllegalArgumentException if there is no such method, or more than one
   */
  static AgentMethod of(Class<?> type, String name) {
    List<Method> all = methods(type, false);
    List<Method> found =
        all.stream()
            .filter(each ->
                name.isEmpty()
                    ? each.getDeclaringClass() == type && Modifier.isPublic(each.getModifiers())
                    : each.getName().equals(name))
            .toList();
    return new AgentMethod(only(found, type, name, all));
  }

  /** Finds a static method of a workflow interface. */
  static AgentMethod staticOf(Class<?> type, String name) {
    List<Method> all = methods(type, true);
    List<Method> found = all.stream().filter(each -> each.getName().equals(name)).toList();
    Method method = only(found, type, name, all);
    if (method.getParameterCount() != 1) {
      throw new IllegalArgumentException(method + " must have one parameter");
    }
    return new AgentMethod(method);
  }

  private static Method only(List<Method> found, Class<?> type, String name, List<Method> all) {
    if (found.size() == 1) {
      return found.get(0);
    }
    String names = all.stream().map(Method::getName).distinct().collect(Collectors.joining(", "));
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          type.getName() + " does not declare one public method alone; name one of " + names);
    }
    throw new IllegalArgumentException(
        type.getName()
            + (found.isEmpty() ? " has no method " : " has several methods ")
            + name
            + (found.isEmpty() ? "; name one of " + names : "; give one of them another name"));
  }

  /** Returns the methods that the compiler would find; a bridge hides the one that it overrides. */
  private static List<Method> methods(Class<?> type, boolean isStatic) {
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      add(methods, each.getDeclaredMethods(), isStatic);
    }
    add(methods, type.getMethods(), isStatic);
    return methods.values().stream().filter(each -> !each.isSynthetic()).toList();
  }

  private static void add(Map<String, Method> methods, Method[] more, boolean isStatic) {
    for (Method each : more) {
      boolean hidden =
          each.getDeclaringClass() == Object.class
              || Modifier.isPrivate(each.getModifiers()) && !isStatic;
      if (!hidden && Modifier.isStatic(each.getModifiers()) == isStatic) {
        methods.putIfAbsent(each.getName() + Arrays.toString(each.getParameterTypes()), each);
      }
    }
  }

  /**
   * Returns the method as the code of a step of an agent.
   *
   * @throws IllegalArgumentException if it takes more than an input and a {@link StepContext}
   */
  StepFunction.WithContext<@Nullable Object, @Nullable Object> on(Object agent) {
    Class<?>[] types = method.getParameterTypes();
    boolean context = types.length > 0 && types[types.length - 1] == StepContext.class;
    int inputs = context ? types.length - 1 : types.length;
    if (inputs > 1) {
      throw new IllegalArgumentException(
          method + " takes " + inputs + " inputs, but a step has one; take a record of them");
    }
    open(agent);
    return (input, place) ->
        call(
            agent,
            inputs == 0
                ? (context ? new @Nullable Object[] {place} : new @Nullable Object[0])
                : (context
                    ? new @Nullable Object[] {input, place}
                    : new @Nullable Object[] {input}));
  }

  /**
   * Returns the method as the code of a supervisor.
   *
   * @throws IllegalArgumentException if it does not take the supervision and return what is next
   */
  StepFunction<Supervision, Supervision.Next> supervising(Object agent) {
    if (!List.of(method.getParameterTypes()).equals(List.of(Supervision.class))
        || !Supervision.Next.class.isAssignableFrom(method.getReturnType())) {
      throw new IllegalArgumentException(
          method + " must take a Supervision and return a Supervision.Next");
    }
    open(agent);
    return state -> {
      if (call(agent, new @Nullable Object[] {state}) instanceof Supervision.Next next) {
        return next;
      }
      throw new OrchestrationException("the supervisor returned no decision: null");
    };
  }

  /**
   * Returns the method as what undoes a step of an agent.
   *
   * @throws IllegalArgumentException if it takes more than the input and the result
   */
  StepOptions.Compensation<@Nullable Object, @Nullable Object> undoing(Object agent) {
    int count = method.getParameterCount();
    if (count == 0 || count > 2) {
      throw new IllegalArgumentException(
          method + " must take the result of the step, or its input and its result");
    }
    open(agent);
    return (input, result) ->
        call(
            agent,
            count == 1 ? new @Nullable Object[] {result} : new @Nullable Object[] {input, result});
  }

  /** Calls a static method of one parameter. */
  @Nullable Object apply(@Nullable Object value) {
    try {
      method.setAccessible(true);
      return call(null, new @Nullable Object[] {value});
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new OrchestrationException(method + " failed: " + failure, failure);
    }
  }

  private void open(Object agent) {
    if (!method.trySetAccessible() && !method.canAccess(agent)) {
      throw new IllegalArgumentException(
          method + " cannot be called: open its package to io.gild.orchestration");
    }
  }

  private @Nullable Object call(@Nullable Object target, @Nullable Object[] arguments)
      throws Exception {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof Exception known ? known : failed;
    }
  }
}
