package io.gild.evaluation;

import io.gild.core.GildLog;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.GoldenRun;
import io.gild.evaluation.spi.ToolCall;
import io.gild.gates.CheckResult;
import io.gild.gates.Outcome;
import io.gild.gates.Spent;
import io.gild.gates.TaskResult;
import io.gild.golden.GoldenSpec;
import io.gild.golden.GoldenSpec.Turn;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a golden task on the current thread: make the agent, send each turn, judge. */
final class TaskRun {

  private final PlannedRun planned;
  private final GoldenAgents agents;
  private final Validators validators;
  private final Instant started;
  private final GoldenRun run;
  private final StringBuilder transcript = new StringBuilder();
  private final List<ToolCall> tools = new ArrayList<>();
  private final List<CheckResult> checks = new ArrayList<>();
  private Spent spent = Spent.NOTHING;
  private boolean measured;
  private boolean priced = true;
  private boolean toolsSeen;
  private @Nullable Object answer;
  private volatile @Nullable EvaluationSpan span;

  TaskRun(PlannedRun planned, GoldenAgents agents, Validators validators, Instant started) {
    this.planned = planned;
    this.agents = agents;
    this.validators = validators;
    this.started = started;
    this.run = planned.run();
  }

  /** The agent did not answer. */
  private static final class NoAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    NoAnswer(String message, Throwable cause) {
      super(message, cause);
    }
  }

  TaskResult run() {
    GoldenAgents.Made made;
    try {
      made = agents.make(planned.agent(), run);
    } catch (Exception | LinkageError failure) {
      return planned.without(
          Outcome.ERROR, "the agent cannot be made: " + failure, started, Spent.NOTHING);
    }
    try {
      return traced(made.agent());
    } finally {
      release(made);
    }
  }

  /** Records that the result is not waited for anymore. */
  void timedOut() {
    EvaluationSpan begun = span;
    if (begun != null) {
      begun.ended("timeout");
    }
  }

  private TaskResult traced(Object agent) {
    EvaluationSpan begun = EvaluationSpan.begin(planned);
    span = begun;
    Runnable leave = begun.enter();
    try {
      TaskResult result = answered(agent, begun);
      begun.ended(result);
      return result;
    } finally {
      begun.ended("error"); // of no effect unless something was thrown
      leave.run();
    }
  }

  private TaskResult answered(Object agent, EvaluationSpan traced) {
    try (RoutedAnswer routed = new RoutedAnswer()) {
      TaskResult result = converse(agent, traced);
      if (planned.spec().turns().size() == 1) {
        routed.judged(planned.spec().question(), result.outcome());
      }
      return result;
    } catch (NoAnswer none) {
      return planned.result(
          Outcome.ERROR, 0, checks, "", String.valueOf(none.getMessage()), started, spent);
    } finally {
      traced.checked(checks);
    }
  }

  private void release(GoldenAgents.Made made) {
    try {
      made.release(run);
    } catch (Exception | LinkageError failure) {
      GildLog.faultOnce("Ending an agent of " + planned.agent().name(), failure);
    }
  }

  private TaskResult converse(Object agent, EvaluationSpan traced) throws NoAnswer {
    Method method = find(agent.getClass());
    GoldenSpec spec = planned.spec();
    for (int i = 0; i < spec.turns().size(); i++) {
      Turn turn = spec.turns().get(i);
      Runnable described = traced.describeCall();
      try {
        say(agent, method, turn, i + 1);
      } finally {
        described.run();
      }
      judge(turn, i + 1);
    }
    checks.addAll(validators.judge(spec.checks(), evidence()));
    return judged();
  }

  private void say(Object agent, Method method, Turn turn, int number) throws NoAnswer {
    transcript.append(number > 1 ? "\n" : "").append(turn.input().text());
    @Nullable Object[] arguments;
    try {
      arguments =
          Arguments.of(
              planned.task().method(), method.getGenericParameterTypes(), turn.input(), run);
    } catch (IllegalArgumentException e) {
      throw new NoAnswer(String.valueOf(e.getMessage()), e);
    }
    Measured[] seen = {Measured.NOTHING};
    long start = System.nanoTime();
    try {
      answer =
          Probes.run(
              planned.agent().name(), () -> Answers.whole(method.invoke(agent, arguments)), seen);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError thrown) {
      throw threw(thrown);
    } finally {
      add(seen[0], System.nanoTime() - start);
    }
    transcript.append('\n').append(answer);
  }

  private static NoAnswer threw(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof InvocationTargetException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new NoAnswer("the agent threw " + cause, cause);
  }

  private void add(Measured seen, long nanos) {
    tools.addAll(seen.toolCalls());
    measured |= seen.any();
    priced &= seen.priced();
    toolsSeen |= seen.toolsSeen();
    spent =
        spent.plus(
            new Spent(
                Duration.ofNanos(nanos),
                seen.costUsd(),
                seen.inputTokens(),
                seen.outputTokens(),
                Math.max(1, seen.attempts()),
                seen.requests(),
                seen.costKnown()));
  }

  private void judge(Turn turn, int number) {
    for (CheckResult check : validators.judge(turn.checks(), evidence())) {
      checks.add(
          new CheckResult(
              "turn " + number + ": " + check.check(),
              check.outcome(),
              check.score(),
              check.weight(),
              check.reason()));
    }
  }

  private Evidence evidence() {
    String question =
        planned.spec().turns().size() == 1 ? planned.spec().question() : transcript.toString();
    return new Evidence(question, answer, tools, spent, measured, priced, toolsSeen);
  }

  private TaskResult judged() {
    Scored scored = Scored.of(planned.spec(), checks);
    return planned.result(
        scored.outcome(),
        scored.score(),
        checks,
        String.valueOf(answer),
        scored.message(),
        started,
        spent);
  }

  /** Finds the method in the class that the registry names; a wrapper or a proxy overrides it. */
  private Method find(Class<?> type) throws NoAnswer {
    String name = planned.task().method().name();
    String descriptor = planned.task().method().descriptor();
    List<Class<?>> owners = new ArrayList<>();
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      owners.add(owner);
    }
    for (Class<?> owner : List.copyOf(owners)) {
      owners.addAll(List.of(owner.getInterfaces()));
    }
    for (Class<?> owner : owners) {
      for (Method method : owner.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && !method.isBridge()
            && MethodDescriptors.of(method).equals(descriptor)) {
          method.setAccessible(true);
          return method;
        }
      }
    }
    throw new NoAnswer(
        "agent " + type.getName() + " has no method " + name + descriptor,
        new NoSuchMethodException(name));
  }
}
