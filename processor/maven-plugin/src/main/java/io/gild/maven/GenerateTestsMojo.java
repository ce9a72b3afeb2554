package io.gild.maven;

import io.gild.config.DeclaredAgent;
import io.gild.config.GoldenSet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Writes one JUnit test per golden task, so that Surefire and IDEs run them as their own. */
@Mojo(
    name = "generate-tests",
    defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES,
    threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
public final class GenerateTestsMojo extends GildMojo {

  private static final String ON_FAILURE = "gild.on-failure";
  private static final String BY_PLUGIN = "gild.on-failure.by-plugin";

  /** The folder of the generated tests; it is emptied first. */
  @Parameter(
      defaultValue = "${project.build.directory}/generated-test-sources/gild",
      required = true)
  File outputDirectory;

  /** The build. */
  @Parameter(defaultValue = "${session}", readonly = true)
  @Nullable MavenSession session;

  /** Creates the goal; Maven does. */
  public GenerateTestsMojo() {}

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("Golden tests are skipped.");
      return;
    }
    try {
      generate();
    } catch (IOException e) {
      throw new MojoExecutionException("Cannot write golden tests: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new MojoExecutionException("Cannot read the registry: " + e.getMessage(), e);
    }
  }

  private void generate() throws IOException, MojoFailureException {
    List<DeclaredAgent> agents = DeclaredAgent.readAll(classes());
    UnprocessedClasses.failIfAny(classes(), agents);
    delete(outputDirectory.toPath());
    delete(resultsDirectory.toPath());
    List<GoldenSet> sets = GoldenTasks.list(agents, resources());
    int count = 0;
    for (GoldenSet set : sets) {
      GoldenTestWriter.write(set, outputDirectory.toPath());
      count += set.tasks().size();
    }
    if (count > 0) {
      project.addTestCompileSourceRoot(outputDirectory.getPath());
      leaveToTheGate();
    }
    getLog().info("Wrote %d golden tests of %d agents.".formatted(count, sets.size()));
  }

  /**
   * Lets a task that does not pass be told as aborted if this module has a gate: one failing test
   * would end the build before the gate could weigh all of them. Surefire and Failsafe hand user
   * properties to their tests.
   */
  private void leaveToTheGate() {
    if (session == null) {
      return;
    }
    Properties properties = session.getUserProperties();
    if (properties.containsKey(ON_FAILURE) && !properties.containsKey(BY_PLUGIN)) {
      return;
    }
    boolean gated =
        project.getBuildPlugins().stream()
            .filter(plugin -> plugin.getArtifactId().equals("gild-maven-plugin"))
            .flatMap(plugin -> plugin.getExecutions().stream())
            .anyMatch(execution -> execution.getGoals().contains("verify"));
    properties.setProperty(BY_PLUGIN, "true");
    properties.setProperty(ON_FAILURE, gated ? "abort" : "fail");
  }

  /** Deletes what an earlier build left: a test of a renamed agent would no longer compile. */
  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
