package io.gild.maven;

import io.gild.gates.RunInfo;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Writes one JUnit test per golden task, which Surefire and IDEs run like other tests. */
@Mojo(
    name = "generate-tests",
    defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES,
    threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
public final class GenerateTestsMojo extends GildMojo {

  private static final String PLUGIN = "gild-maven-plugin";

  /** The phases that include the gate. */
  private static final Set<String> REACH_VERIFY = Set.of("verify", "install", "deploy");

  /** The folder of the generated tests; it is emptied first. */
  @Parameter(
      defaultValue = "${project.build.directory}/generated-test-sources/gild",
      required = true)
  File outputDirectory;

  /** The folder of the compiled test classes. */
  @Parameter(defaultValue = "${project.build.testOutputDirectory}")
  @Nullable File testClassesDirectory;

  /** Whether tests are not run at all, as for Surefire. */
  @Parameter(property = "skipTests", defaultValue = "false")
  boolean skipTests;

  /** Whether tests are not even compiled, as for Surefire. */
  @Parameter(property = "maven.test.skip", defaultValue = "false")
  boolean testSkip;

  /** The build. */
  @Parameter(defaultValue = "${session}", readonly = true)
  @Nullable MavenSession session;

  /** Creates the goal; Maven calls it. */
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
    List<DeclaredAgent> agents = agents();
    UnprocessedClasses.failIfAny(classes(), agents);
    warnOfUnwoven(agents);
    delete(outputDirectory.toPath());
    delete(resultsDirectory.toPath());
    List<GoldenSet> sets = ModuleTasks.list(agents, resources());
    failIfNoneWouldRun(sets);
    if (!shard().isWhole()) {
      Files.createDirectories(resultsDirectory.toPath());
      RunInfo.of(sets, shard(), "").write(resultsDirectory.toPath());
    }
    int count = 0;
    Map<String, String> written = new HashMap<>();
    for (GoldenSet set : sets) {
      String name = GoldenTestWriter.nameOf(set.agent()).reflectionName();
      String other = written.putIfAbsent(name, set.agent().type());
      if (other != null) {
        throw new MojoFailureException(
            "The golden tests of %s and of %s would both be %s. Rename one of the classes."
                .formatted(other, set.agent().type(), name));
      }
      GoldenTestWriter.write(set, outputDirectory.toPath());
      count += set.tasks().size();
    }
    if (testClassesDirectory != null) {
      StaleTests.delete(
          testClassesDirectory.toPath(), written.keySet(), project.getTestCompileSourceRoots());
    }
    if (count > 0) {
      project.addTestCompileSourceRoot(outputDirectory.getPath());
      tellTests();
    }
    getLog().info("Wrote %d golden tests of %d agents.".formatted(count, sets.size()));
  }

  /** Fails early: a build that ends before the gate would pass without one golden test. */
  private void failIfNoneWouldRun(List<GoldenSet> sets) throws MojoFailureException {
    String problem = OldSurefire.problem(project);
    if (problem != null && !skipTests && !testSkip && !sets.isEmpty()) {
      throw new MojoFailureException(problem);
    }
  }

  /**
   * Passes two settings to the tests of this module: the folder of results, and, if a gate follows
   * in this build, to report a task that does not pass as aborted, because one failing test would
   * end the build before the gate could evaluate all of them. Surefire and Failsafe pass user
   * properties to their tests; the module is part of the name, since modules of one build share
   * them.
   */
  private void tellTests() {
    if (session == null) {
      return;
    }
    Properties properties = session.getUserProperties();
    String module = "@" + project.getBasedir().getAbsolutePath();
    properties.setProperty("gild.results" + module, resultsDirectory.getAbsolutePath());
    if (isGated(session)) {
      properties.setProperty("gild.on-failure" + module, "abort");
    }
  }

  private boolean isGated(MavenSession running) {
    List<String> goals = running.getGoals();
    if (goals.stream().anyMatch(goal -> isOfThisPlugin(goal) && goal.endsWith(":verify"))) {
      return true;
    }
    return !Collections.disjoint(goals, REACH_VERIFY)
        && project.getBuildPlugins().stream()
            .filter(plugin -> plugin.getArtifactId().equals(PLUGIN))
            .flatMap(plugin -> plugin.getExecutions().stream())
            .anyMatch(execution -> execution.getGoals().contains("verify"));
  }

  private static boolean isOfThisPlugin(String goal) {
    return goal.startsWith("gild:") || goal.startsWith("io.gild:" + PLUGIN + ":");
  }

  /** Deletes files of an earlier build: a test of a renamed agent would no longer compile. */
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
