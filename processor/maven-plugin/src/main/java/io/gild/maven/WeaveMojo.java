package io.gild.maven;

import io.gild.golden.DeclaredAgent;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Governs annotated methods in place, in the class files: final ones, private ones, static ones,
 * records, and agents that are created with {@code new}.
 */
@Mojo(name = "weave", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class WeaveMojo extends GildMojo {

  /**
   * Whether to leave the class files unchanged. {@code gild.skip}, which skips golden tests and
   * gates, does not skip weaving: it would ship code without its policies.
   */
  @Parameter(property = "gild.weave.skip", defaultValue = "false")
  boolean skipWeave;

  /** Creates the goal; Maven calls it. */
  public WeaveMojo() {}

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    try {
      List<DeclaredAgent> agents = DeclaredAgent.readAll(classes());
      UnprocessedClasses.failIfAny(classes(), agents);
      if (skipWeave) {
        List<String> unwoven = new Weaving(classes()).unwoven(agents);
        getLog().warn(skipped(unwoven));
        return;
      }
      List<String> woven = new Weaving(classes()).weave(agents);
      woven.forEach(method -> getLog().info("Wove " + method + "."));
      getLog().info("Wove %d methods of %d agents.".formatted(woven.size(), agents.size()));
    } catch (IOException | IllegalArgumentException e) {
      throw new MojoExecutionException("Cannot weave: " + e.getMessage(), e);
    }
  }

  private static String skipped(List<String> unwoven) {
    return unwoven.isEmpty()
        ? "Weaving is skipped; no method needs it."
        : "Weaving is skipped: %d methods are not governed in this build, unless the javaagent is attached: %s."
            .formatted(unwoven.size(), String.join(", ", unwoven));
  }
}
