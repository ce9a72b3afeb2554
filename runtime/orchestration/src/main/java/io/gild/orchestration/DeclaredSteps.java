package io.gild.orchestration;

import io.gild.annotations.WorkflowStep;
import io.gild.config.Durations;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns declared steps into those of a builder. */
final class DeclaredSteps {

  private static final String INPUT = "{input}";

  private final Class<?> owner;
  private final WorkflowAgents agents;
  private final Function<String, Workflow<?, ?>> workflows;

  /**
   * Creates it.
   *
   * @param workflows returns another workflow of the same interface by the name of its method
   */
  DeclaredSteps(Class<?> owner, WorkflowAgents agents, Function<String, Workflow<?, ?>> workflows) {
    this.owner = owner;
    this.agents = agents;
    this.workflows = workflows;
  }

  String name(WorkflowStep step) {
    if (!step.name().isEmpty()) {
      return step.name();
    }
    if (!step.workflow().isEmpty()) {
      return step.workflow();
    }
    if (step.agent() == void.class) {
      throw new IllegalArgumentException(
          "the step with the URL or topic \"" + step.url() + step.topic() + "\" needs a name");
    }
    return AgentMethod.of(step.agent(), step.method()).method().getName();
  }

  /** Returns a step as a workflow, such as a branch. */
  Workflow<?, ?> workflow(WorkflowStep step) {
    WorkflowBuilder<@Nullable Object, @Nullable Object> builder = Workflow.named(name(step));
    return add(builder.ownedBy(owner), step).build();
  }

  WorkflowBuilder<@Nullable Object, @Nullable Object> add(
      WorkflowBuilder<@Nullable Object, @Nullable Object> builder, WorkflowStep step) {
    String name = name(step);
    WorkflowBuilder<@Nullable Object, @Nullable Object> asked = builder;
    if (!step.approval().isEmpty()) {
      asked =
          builder.approval(
              name + "-approval", input -> step.approval().replace(INPUT, String.valueOf(input)));
    }
    requireOneTarget(name, step);
    return step.workflow().isEmpty() ? addStep(asked, name, step) : addPart(asked, name, step);
  }

  private static void requireOneTarget(String name, WorkflowStep step) {
    int targets =
        (step.agent() == void.class ? 0 : 1)
            + (step.url().isEmpty() ? 0 : 1)
            + (step.topic().isEmpty() ? 0 : 1)
            + (step.workflow().isEmpty() ? 0 : 1);
    if (targets != 1) {
      throw new IllegalArgumentException(
          "the step "
              + name
              + " must give one of agent, url, topic and workflow, but gives "
              + targets);
    }
  }

  private WorkflowBuilder<@Nullable Object, @Nullable Object> addPart(
      WorkflowBuilder<@Nullable Object, @Nullable Object> builder, String name, WorkflowStep step) {
    if (step.maxAttempts() != 1
        || !step.timeLimit().isEmpty()
        || !step.compensateBy().isEmpty()
        || step.sideEffect()) {
      throw new IllegalArgumentException(
          "the step "
              + name
              + " is a workflow, so policies do not apply to it; set them on its own steps");
    }
    return builder.part(name, erased(workflows.apply(step.workflow())));
  }

  /** The compiler has checked that the steps fit each other. */
  @SuppressWarnings("unchecked")
  private static Workflow<@Nullable Object, @Nullable Object> erased(Workflow<?, ?> workflow) {
    return (Workflow<@Nullable Object, @Nullable Object>) workflow;
  }

  private WorkflowBuilder<@Nullable Object, @Nullable Object> addStep(
      WorkflowBuilder<@Nullable Object, @Nullable Object> builder, String name, WorkflowStep step) {
    if (step.agent() == void.class) {
      StepFunction.WithContext<String, String> remote =
          step.url().isEmpty()
              ? agents.peers(name, step.topic()).asStep()
              : A2aStep.asking(agents.client(step.url()));
      return builder.<@Nullable Object>stepWithContext(
          name, (input, context) -> remote.run(text(name, input), context), options(step, null));
    }
    Object agent = agents.find(name, step.agent());
    return builder.stepWithContext(
        name, AgentMethod.of(step.agent(), step.method()).on(agent), options(step, agent));
  }

  private static String text(String name, @Nullable Object input) {
    if (input instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "the remote step " + name + " takes a text, but the step before returned " + input);
  }

  private static Consumer<StepOptions<@Nullable Object, @Nullable Object>> options(
      WorkflowStep step, @Nullable Object agent) {
    return (StepOptions<@Nullable Object, @Nullable Object> options) -> {
      if (step.maxAttempts() != 1) {
        options.retry(step.maxAttempts());
      }
      if (!step.timeLimit().isEmpty()) {
        options.timeLimit(Durations.parse(step.timeLimit()));
      }
      if (step.sideEffect()) {
        options.sideEffect();
      }
      if (!step.compensateBy().isEmpty()) {
        options.compensate(compensation(step, agent));
      }
    };
  }

  private static StepOptions.Compensation<@Nullable Object, @Nullable Object> compensation(
      WorkflowStep step, @Nullable Object agent) {
    if (agent == null) {
      throw new IllegalArgumentException("a remote step has no method that undoes it");
    }
    return AgentMethod.of(step.agent(), step.compensateBy()).undoing(agent);
  }
}
