package io.gild.recipes;

import io.gild.config.Experimental;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;

/**
 * Replaces hand-written retry loops of methods with {@code @CostTracked} by {@code @Retry}, if the
 * method is nothing but a loop with a constant bound that catches, waits a constant time and at
 * last throws the last failure.
 */
@Experimental
public final class ReplaceRetryLoops extends Recipe {

  /** Creates the recipe; it has no options. */
  public ReplaceRetryLoops() {}

  @Override
  public String getDisplayName() {
    return "Replace retry loops with @Retry";
  }

  @Override
  public String getDescription() {
    return "Replaces retry loops of proven shape by `@Retry` with the figures of the loop.";
  }

  @Override
  public TreeVisitor<?, ExecutionContext> getVisitor() {
    return new RetryVisitor();
  }
}
