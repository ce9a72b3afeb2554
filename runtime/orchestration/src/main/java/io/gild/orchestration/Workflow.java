package io.gild.orchestration;

import io.gild.config.Experimental;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A description of work that several agents do together. Immutable; an {@link Orchestrator} runs
 * it.
 *
 * <pre>{@code
 * Workflow<String, Article> article =
 *     Workflow.<String>named("article")
 *         .step("research", researcher::research)
 *         .step("write", writer::write, step -> step.retry(3).timeLimit(Duration.ofMinutes(1)))
 *         .build();
 * }</pre>
 *
 * <p>Each step is a governed method: {@code gild.yaml} can set its policies by the names of
 * workflow and step. What stands between the steps (conditions, joins, questions) must depend on
 * its input alone, because a run that goes on after a failure of its JVM evaluates it again.
 *
 * @param <I> what a run gets
 * @param <O> what it returns
 */
@Experimental
@SuppressWarnings("UnusedTypeParameter") // they make the steps fit each other
public final class Workflow<I extends @Nullable Object, O extends @Nullable Object> {

  private final String name;
  private final String version;
  private final Class<?> owner;
  private final Node root;
  private final @Nullable BigDecimal budget;
  private final @Nullable Duration timeLimit;

  Workflow(
      String name,
      String version,
      Class<?> owner,
      Node root,
      @Nullable BigDecimal budget,
      @Nullable Duration timeLimit) {
    this.name = name;
    this.version = version;
    this.owner = owner;
    this.root = root;
    this.budget = budget;
    this.timeLimit = timeLimit;
  }

  /**
   * Begins the description of a workflow.
   *
   * @param name its name: letters, digits, dots, dashes and underscores
   * @param <I> what a run gets
   * @return a builder
   */
  public static <I extends @Nullable Object> WorkflowBuilder<I, I> named(String name) {
    return new WorkflowBuilder<>(name);
  }

  /**
   * Describes a workflow of one step, as a branch, a worker or an agent of a larger one.
   *
   * @param name name of the step
   * @param function its code
   * @param <I> what it needs
   * @param <O> what it returns
   * @return the workflow
   */
  public static <I extends @Nullable Object, O extends @Nullable Object> Workflow<I, O> step(
      String name, StepFunction<I, O> function) {
    return Workflow.<I>named(name).step(name, function).build();
  }

  /**
   * Returns the name.
   *
   * @return the name that runs are recorded under
   */
  public String name() {
    return name;
  }

  /**
   * Returns the version.
   *
   * @return a run goes on with the version that it began with
   */
  public String version() {
    return version;
  }

  Node root() {
    return root;
  }

  Class<?> owner() {
    return owner;
  }

  @Nullable ClassLoader loader() {
    return owner.getClassLoader();
  }

  @Nullable BigDecimal budget() {
    return budget;
  }

  @Nullable Duration timeLimit() {
    return timeLimit;
  }

  @Override
  public String toString() {
    return "workflow " + name + " " + version;
  }
}
