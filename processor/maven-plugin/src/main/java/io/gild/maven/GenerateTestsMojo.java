package io.gild.maven;

import io.gild.config.DeclaredAgent;
import io.gild.config.GoldenSet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Writes one JUnit test per golden task, so that Surefire and IDEs run them as their own. */
@Mojo(
    name = "generate-tests",
    defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES,
    threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
public final class GenerateTestsMojo extends GildMojo {

  /** The folder of the generated tests; it is emptied first. */
  @Parameter(
      defaultValue = "${project.build.directory}/generated-test-sources/gild",
      required = true)
  File outputDirectory;

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
    }
    getLog().info("Wrote %d golden tests of %d agents.".formatted(count, sets.size()));
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
