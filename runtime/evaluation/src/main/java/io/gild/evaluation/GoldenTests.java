package io.gild.evaluation;

import io.gild.config.GoldenSpec;
import io.gild.evaluation.spi.Verdict;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs golden tasks for the generated tests.
 *
 * <p>Each task calls the agent once, through its generated wrapper where there is one, and leaves
 * one line for the quality gate in the folder that the system property {@code gild.results} names,
 * or in {@code target/gild/results}.
 */
public final class GoldenTests {

  private GoldenTests() {}

  /**
   * Runs one task.
   *
   * @param className binary name of the class that the task stands on
   * @param methodName simple name of the method
   * @param descriptor its erased descriptor
   * @param id the task's id
   * @throws AssertionError if the answer does not pass, or the agent throws
   */
  public static void run(String className, String methodName, String descriptor, String id) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    GoldenAgent agent = GoldenAgent.read(loader, className);
    GoldenAgent.GoldenMethod method = agent.method(methodName, descriptor);
    GoldenSpec task = method.task(id);
    Object target = GoldenAgents.create(agent, loader);
    long start = System.nanoTime();
    Outcome outcome = outcome(target, method, task, loader);
    long millis = (System.nanoTime() - start) / 1_000_000;
    GoldenResults.append(
        agent.agent(), methodName, id, outcome.verdict().passed(), millis, outcome.message());
    if (!outcome.verdict().passed()) {
      throw new AssertionError(outcome.message(), outcome.failure());
    }
  }

  private record Outcome(Verdict verdict, String message, @Nullable Throwable failure) {}

  private static Outcome outcome(
      Object target, GoldenAgent.GoldenMethod golden, GoldenSpec task, ClassLoader loader) {
    Object answer;
    try {
      Method method = find(target.getClass(), golden);
      answer = method.invoke(target, arguments(golden, method.getParameterTypes(), task));
    } catch (InvocationTargetException thrown) {
      Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
      String message = "Golden task " + task.id() + ": the agent threw " + cause;
      return new Outcome(Verdict.fail(message), message, cause);
    } catch (ReflectiveOperationException fault) {
      throw new IllegalStateException("Golden task " + task.id() + " cannot be run", fault);
    }
    Verdict verdict = Validators.of(task, loader).validate(task.expected(), answer);
    String message =
        verdict.passed()
            ? ""
            : "Golden task "
                + task.id()
                + ": "
                + verdict.reason()
                + "\n  validator: "
                + task.validator()
                + "\n  expected:  "
                + task.expected()
                + "\n  got:       "
                + answer;
    return new Outcome(verdict, message, null);
  }

  private static Method find(Class<?> type, GoldenAgent.GoldenMethod golden)
      throws NoSuchMethodException {
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      for (Method method : owner.getDeclaredMethods()) {
        if (method.getName().equals(golden.name())
            && !method.isBridge()
            && Descriptors.of(method).equals(golden.descriptor())) {
          method.setAccessible(true);
          return method;
        }
      }
    }
    throw new NoSuchMethodException(type.getName() + "#" + golden.name() + golden.descriptor());
  }

  /** Fits the texts of the task to the parameters; those that Gild may fill in may be left out. */
  private static @Nullable Object[] arguments(
      GoldenAgent.GoldenMethod golden, Class<?>[] types, GoldenSpec task) {
    boolean complete = task.input().size() == types.length;
    Iterator<String> texts = task.input().iterator();
    List<@Nullable Object> arguments = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      String role = i < golden.roles().size() ? golden.roles().get(i) : "none";
      boolean omitted = !complete && List.of("model", "tenant", "session").contains(role);
      arguments.add(omitted || !texts.hasNext() ? null : Arguments.convert(texts.next(), types[i]));
    }
    return arguments.toArray();
  }
}
