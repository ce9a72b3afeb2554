package io.gild.orchestration;

import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Starts runs of declared workflows by calls of their interface. Thread-safe. */
final class WorkflowCalls implements InvocationHandler {

  private final Class<?> type;
  private final Map<String, Workflow<?, ?>> workflows;
  private final Orchestrator orchestrator;

  WorkflowCalls(Class<?> type, Map<String, Workflow<?, ?>> workflows, Orchestrator orchestrator) {
    this.type = type;
    this.workflows = Map.copyOf(workflows);
    this.orchestrator = orchestrator;
  }

  /**
   * Requires that a method can start runs.
   *
   * @throws IllegalArgumentException if it has more than one input
   */
  static void require(Method method) {
    List<Class<?>> types = List.of(method.getParameterTypes());
    long options = types.stream().filter(RunOptions.class::equals).count();
    if (types.size() - options > 1 || options > 1) {
      throw new IllegalArgumentException(
          method + " must take one input or none, and at most one RunOptions");
    }
  }

  /** Returns the class of the result of a run that a method starts. */
  @SuppressWarnings("unchecked") // its values are checked to be of that class
  static Class<@Nullable Object> resultType(Method method) {
    Type result = method.getGenericReturnType();
    if (!isResult(method)) {
      result =
          result instanceof ParameterizedType generic
              ? generic.getActualTypeArguments()[0]
              : Object.class;
    }
    Type raw = result instanceof ParameterizedType generic ? generic.getRawType() : result;
    Class<?> type = raw instanceof Class<?> known ? known : Object.class;
    return (Class<@Nullable Object>)
        (type == void.class ? Object.class : MethodType.methodType(type).wrap().returnType());
  }

  /** Returns whether a method waits for the result itself. */
  private static boolean isResult(Method method) {
    Class<?> returned = method.getReturnType();
    return returned != WorkflowRun.class
        && returned != CompletionStage.class
        && returned != CompletableFuture.class
        && returned != Future.class;
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    @Nullable Object[] given = arguments == null ? new @Nullable Object[0] : arguments;
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> proxy == given[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "workflows of " + type.getName();
      };
    }
    Workflow<?, ?> workflow = method.isDefault() ? null : workflows.get(method.getName());
    if (workflow == null) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    WorkflowRun<?> run = start(workflow, given);
    if (method.getReturnType() == WorkflowRun.class) {
      return run;
    }
    return isResult(method) ? await(run, method) : run.result();
  }

  @SuppressWarnings("unchecked") // the method takes what its first step takes
  private WorkflowRun<?> start(Workflow<?, ?> workflow, @Nullable Object[] arguments) {
    RunOptions options = RunOptions.NONE;
    Object input = null;
    for (Object argument : arguments) {
      if (argument instanceof RunOptions given) {
        options = given;
      } else if (argument != null) {
        input = argument;
      }
    }
    return orchestrator.start((Workflow<@Nullable Object, ?>) workflow, input, options);
  }

  private static @Nullable Object await(WorkflowRun<?> run, Method method)
      throws InterruptedException {
    try {
      Object result = run.result().get();
      if (result == null
          && method.getReturnType().isPrimitive()
          && method.getReturnType() != void.class) {
        throw new OrchestrationException(
            "run " + run.id() + " returned null, but " + method + " returns a primitive value");
      }
      return method.getReturnType() == void.class ? null : result;
    } catch (InterruptedException interrupted) {
      if (Arrays.stream(method.getExceptionTypes())
          .anyMatch(each -> each.isAssignableFrom(InterruptedException.class))) {
        throw interrupted;
      }
      Thread.currentThread().interrupt();
      throw new OrchestrationException(
          "interrupted while run " + run.id() + " went on; find it by its name", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof OrchestrationException known) {
        throw known;
      }
      throw new OrchestrationException("run " + run.id() + " failed: " + failed.getCause(), failed);
    }
  }
}
