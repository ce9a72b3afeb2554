package io.gild.recipes;

import io.gild.config.Experimental;
import java.util.HashSet;
import java.util.Set;
import org.openrewrite.ExecutionContext;
import org.openrewrite.ScanningRecipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;

/**
 * Adds {@code @Agent} and {@code @CostTracked} to classes and methods that call a language model.
 *
 * <p>Neither changes an answer. Classes that a build cannot weave stay as they are.
 */
@Experimental
public final class GovernAgents extends ScanningRecipe<GovernAgents.Project> {

  /** Creates the recipe; it has no options. */
  public GovernAgents() {}

  @Override
  public String getDisplayName() {
    return "Govern agents with Gild";
  }

  @Override
  public String getDescription() {
    return "Adds `@Agent` to classes that call a language model, and `@CostTracked` to the methods"
        + " that do.";
  }

  @Override
  public Project getInitialValue(ExecutionContext context) {
    return new Project();
  }

  @Override
  public TreeVisitor<?, ExecutionContext> getScanner(Project project) {
    return new JavaIsoVisitor<>() {
      @Override
      public J.CompilationUnit visitCompilationUnit(
          J.CompilationUnit source, ExecutionContext context) {
        ServiceInterfaces.scan(source.printAll(), project.services, project.names);
        return source;
      }
    };
  }

  @Override
  public TreeVisitor<?, ExecutionContext> getVisitor(Project project) {
    return new GovernVisitor(project.services, project.names, agent -> {});
  }

  /** What one class needs to know about the others. */
  @Experimental
  public static final class Project {

    private final Set<String> services = new HashSet<>();
    private final AgentNames names = new AgentNames();

    private Project() {}
  }
}
