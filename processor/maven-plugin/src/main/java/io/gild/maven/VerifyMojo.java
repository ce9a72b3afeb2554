package io.gild.maven;

import static java.util.stream.Collectors.joining;

import io.gild.config.SettingsException;
import io.gild.gates.GateRun;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Applies the quality gate: fails the build unless the golden tasks and all other criteria of the
 * gate pass. Writes the reports in any case, and appends the decision to the audit log.
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
public final class VerifyMojo extends GatedMojo {

  /** Whether tests are not run at all, as for Surefire. */
  @Parameter(property = "skipTests", defaultValue = "false")
  boolean skipTests;

  /** Whether tests are not even compiled, as for Surefire. */
  @Parameter(property = "maven.test.skip", defaultValue = "false")
  boolean testSkip;

  /** Creates the goal; Maven calls it. */
  public VerifyMojo() {}

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("The quality gate is skipped.");
      return;
    }
    if (skipTests || testSkip) {
      getLog().warn("The quality gate is skipped, because tests are.");
      return;
    }
    try {
      verify();
    } catch (IOException e) {
      throw new MojoExecutionException("Cannot judge: " + e.getMessage(), e);
    } catch (SettingsException e) {
      throw new MojoFailureException("The gate's overrides are invalid:\n  " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new MojoExecutionException("Cannot judge: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("Interrupted", e);
    }
  }

  private void verify() throws IOException, InterruptedException, MojoFailureException {
    List<DeclaredAgent> agents = agents();
    UnprocessedClasses.failIfAny(classes(), agents);
    warnOfUnwoven(agents);
    List<GoldenSet> sets = ModuleTasks.list(agents, resources());
    if (sets.isEmpty()) {
      warnOfNothingToJudge(agents);
      return;
    }
    if (runsAShard()) {
      return;
    }
    List<TaskResult> results = results();
    if (results.isEmpty() && shards != null) {
      throw new MojoFailureException(
          "gild.shards: there are no results in %s. Copy the folders of all shards there."
              .formatted(shards));
    }
    if (results.isEmpty()) {
      String problem = OldSurefire.problem(project);
      throw new MojoFailureException(
          "%d golden tasks are declared, but none left a result in %s. Run the tests, with the goal generate-tests before them and io.gild:gild-evaluation among the test dependencies.%s"
              .formatted(
                  sets.stream().mapToInt(set -> set.tasks().size()).sum(),
                  resultsDirectory,
                  problem == null ? "" : "\n" + problem));
    }
    GateRun.Done done = gateRun(sets, agents, results).decide();
    Path page = done.report().write(reportsDirectory.toPath());
    done.report().console().lines().forEach(line -> getLog().info(line));
    getLog().info("Report: " + page);
    getLog().info("Audit log ends at " + done.head().lines() + ":" + done.head().hash());
    if (!done.decision().opens()) {
      throw new MojoFailureException(
          "The gate %s is %s. See %s."
                  .formatted(done.decision().stage(), done.decision().verdict(), page)
              + "\n  "
              + String.join("\n  ", done.decision().reasons())
              + hint(sets, results));
    }
  }

  private void warnOfNothingToJudge(List<DeclaredAgent> agents) {
    if (agents.isEmpty()) {
      getLog().info("There are no golden tasks.");
      return;
    }
    String names =
        agents.stream().map(DeclaredAgent::name).distinct().sorted().collect(joining(", "));
    getLog()
        .warn(
            "The quality gate judges nothing: no agent of this module has a golden task (%s). Add @GoldenTask to a method."
                .formatted(names));
  }

  private String hint(List<GoldenSet> sets, List<TaskResult> results) {
    boolean incomplete =
        sets.stream()
            .flatMap(set ->
                set.tasks().stream().map(task -> new TaskKey(set.agent().name(), task.spec().id())))
            .anyMatch(key -> !hasResult(key, results));
    return partial || !incomplete
        ? ""
        : "\nNot every task ran. To judge only those that did, add -Dgild.partial.";
  }
}
