package io.gild.orchestration;

import io.gild.annotations.HandOffs;
import io.gild.annotations.Parallel;
import io.gild.annotations.Pipeline;
import io.gild.annotations.Repeated;
import io.gild.annotations.Supervised;
import io.gild.annotations.Voting;
import io.gild.annotations.WorkflowInterface;
import io.gild.annotations.WorkflowStep;
import io.gild.config.Durations;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Describes the workflows of an annotated interface; not thread-safe. */
final class DeclaredWorkflows {

  private final Class<?> type;
  private final WorkflowInterface declared;
  private final WorkflowAgents agents;
  private final DeclaredSteps steps;
  private final Map<String, Method> methods = new LinkedHashMap<>();
  private final Map<String, Workflow<?, ?>> built = new LinkedHashMap<>();
  private final Set<String> building = new LinkedHashSet<>();

  /**
   * Reads the interface.
   *
   * @throws IllegalArgumentException if it declares no workflows
   */
  DeclaredWorkflows(Class<?> type, WorkflowAgents agents) {
    WorkflowInterface annotation = type.getAnnotation(WorkflowInterface.class);
    if (!type.isInterface() || annotation == null) {
      throw new IllegalArgumentException(
          type.getName() + " must be an interface with @WorkflowInterface");
    }
    this.type = type;
    this.declared = annotation;
    this.agents = agents;
    this.steps = new DeclaredSteps(type, agents, this::workflow);
    for (Method method : type.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers())
          && methods.putIfAbsent(method.getName(), method) != null) {
        throw new IllegalArgumentException(
            type.getName()
                + " has two workflows named "
                + method.getName()
                + "; give one of them another name");
      }
    }
  }

  /** Returns the workflows by the names of their methods. */
  Map<String, Workflow<?, ?>> all() {
    for (String name : methods.keySet()) {
      if (!built.containsKey(name)) {
        built.put(name, workflow(name));
      }
    }
    return built;
  }

  Map<String, Method> methods() {
    return methods;
  }

  /**
   * Describes a workflow anew: a step is governed by the name of the whole that it is a part of.
   */
  private Workflow<?, ?> workflow(String name) {
    Method method = methods.get(name);
    if (method == null) {
      throw new IllegalArgumentException(
          type.getName() + " has no workflow " + name + "; name one of " + methods.keySet());
    }
    if (!building.add(name)) {
      throw new IllegalArgumentException("the workflows " + building + " contain each other");
    }
    Workflow<?, ?> workflow = describe(method);
    building.remove(name);
    return workflow;
  }

  private Workflow<?, ?> describe(Method method) {
    String base = declared.name().isEmpty() ? type.getSimpleName() : declared.name();
    WorkflowBuilder<@Nullable Object, @Nullable Object> builder =
        Workflow.named(base + "." + method.getName());
    builder.ownedBy(type).version(declared.version());
    if (!declared.timeLimit().isEmpty()) {
      builder.timeLimit(Durations.parse(declared.timeLimit()));
    }
    if (!declared.budget().isEmpty()) {
      builder.budget(new BigDecimal(declared.budget()));
    }
    return pattern(method, builder).build();
  }

  private WorkflowBuilder<?, ?> pattern(
      Method method, WorkflowBuilder<@Nullable Object, @Nullable Object> builder) {
    List<WorkflowBuilder<?, ?>> found = new ArrayList<>();
    for (Object annotation : method.getAnnotations()) {
      if (annotation instanceof Pipeline pipeline) {
        found.add(pipeline(pipeline.value(), builder));
      } else if (annotation instanceof Parallel parallel) {
        found.add(parallel(method, parallel, builder));
      } else if (annotation instanceof Voting voting) {
        found.add(voting(method, voting, builder));
      } else if (annotation instanceof Supervised supervised) {
        found.add(supervised(method, supervised, builder));
      } else if (annotation instanceof HandOffs handOffs) {
        found.add(handOffs(method, handOffs, builder));
      } else if (annotation instanceof Repeated repeated) {
        found.add(repeated(method, repeated, builder));
      }
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          method
              + " must have one of @Pipeline, @Parallel, @Voting, @Supervised, @HandOffs and"
              + " @Repeated, but has "
              + found.size());
    }
    return found.get(0);
  }

  private WorkflowBuilder<@Nullable Object, @Nullable Object> pipeline(
      WorkflowStep[] all, WorkflowBuilder<@Nullable Object, @Nullable Object> builder) {
    WorkflowBuilder<@Nullable Object, @Nullable Object> next = builder;
    for (WorkflowStep step : all) {
      next = steps.add(next, step);
    }
    return next;
  }

  private WorkflowBuilder<?, ?> parallel(
      Method method,
      Parallel parallel,
      WorkflowBuilder<@Nullable Object, @Nullable Object> builder) {
    List<Workflow<@Nullable Object, ? extends @Nullable Object>> branches =
        branches(parallel.value());
    int needed = parallel.needed() == Parallel.ALL ? branches.size() : parallel.needed();
    AgentMethod join =
        parallel.join().isEmpty() ? null : AgentMethod.staticOf(type, parallel.join());
    return builder.<@Nullable Object, @Nullable Object>parallel(
        method.getName(),
        branches,
        needed,
        results -> join == null ? results : join.apply(results));
  }

  private WorkflowBuilder<?, ?> voting(
      Method method, Voting voting, WorkflowBuilder<@Nullable Object, @Nullable Object> builder) {
    AgentMethod choice =
        voting.choice().isEmpty() ? null : AgentMethod.staticOf(type, voting.choice());
    Function<@Nullable Object, @Nullable Object> chosen =
        answer -> choice == null ? answer : choice.apply(answer);
    Votes<@Nullable Object> votes =
        voting.rule() == Voting.Rule.UNANIMOUS ? Votes.unanimous(chosen) : Votes.majority(chosen);
    if (voting.quorum() != 0) {
      votes = votes.quorum((long) voting.quorum());
    }
    return builder.<@Nullable Object>vote(method.getName(), branches(voting.value()), votes);
  }

  private WorkflowBuilder<?, ?> supervised(
      Method method,
      Supervised supervised,
      WorkflowBuilder<@Nullable Object, @Nullable Object> builder) {
    AgentMethod decide = AgentMethod.of(supervised.supervisor(), supervised.method());
    StepFunction<Supervision, Supervision.Next> supervisor =
        decide.supervising(agents.find(decide.method().getName(), supervised.supervisor()));
    List<SupervisedWorker> workers =
        Arrays.stream(supervised.workers())
            .map(each ->
                new SupervisedWorker(steps.name(each), each.description(), steps.workflow(each)))
            .toList();
    return builder.<@Nullable Object>supervise(
        method.getName(),
        supervised.mostDelegations(),
        WorkflowCalls.resultType(method),
        supervisor,
        workers);
  }

  private WorkflowBuilder<?, ?> handOffs(
      Method method,
      HandOffs handOffs,
      WorkflowBuilder<@Nullable Object, @Nullable Object> builder) {
    Map<String, Workflow<?, HandOff>> all = new LinkedHashMap<>();
    for (WorkflowStep step : handOffs.value()) {
      if (all.put(steps.name(step), erased(steps.workflow(step))) != null) {
        throw new IllegalArgumentException("there are two of the step " + steps.name(step));
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(method + " needs at least one step");
    }
    return builder.<@Nullable Object>handOff(
        method.getName(),
        all.keySet().iterator().next(),
        handOffs.mostTurns(),
        WorkflowCalls.resultType(method),
        all);
  }

  private WorkflowBuilder<?, ?> repeated(
      Method method,
      Repeated repeated,
      WorkflowBuilder<@Nullable Object, @Nullable Object> builder) {
    WorkflowBuilder<@Nullable Object, @Nullable Object> named = Workflow.named(method.getName());
    Workflow<@Nullable Object, @Nullable Object> body =
        pipeline(repeated.value(), named.ownedBy(type)).build();
    AgentMethod until = AgentMethod.staticOf(type, repeated.until());
    Predicate<@Nullable Object> accepted = result -> Boolean.TRUE.equals(until.apply(result));
    return repeated.keepLast()
        ? builder.repeatAtMost(method.getName(), repeated.mostRounds(), body, accepted)
        : builder.repeat(method.getName(), repeated.mostRounds(), body, accepted);
  }

  private List<Workflow<@Nullable Object, ? extends @Nullable Object>> branches(
      WorkflowStep[] all) {
    List<Workflow<@Nullable Object, ? extends @Nullable Object>> branches = new ArrayList<>();
    for (WorkflowStep step : all) {
      branches.add(erased(steps.workflow(step)));
    }
    return branches;
  }

  /** The compiler has checked that the steps fit their pattern. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> T erased(Object workflow) {
    return (T) workflow;
  }
}
