package io.gild.orchestration;

import io.gild.config.Experimental;

/**
 * An agent that a supervisor can delegate to.
 *
 * @param name its name, unique among the workers
 * @param description what it does, for the supervisor
 * @param workflow its work
 */
@Experimental
public record SupervisedWorker(String name, String description, Workflow<?, ?> workflow) {

  /** Checks the name. */
  public SupervisedWorker {
    WorkflowBuilder.requireName(name);
  }
}
