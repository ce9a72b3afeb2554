package io.gild.maven;

import io.gild.config.DeclaredAgent;
import io.gild.config.GoldenSet;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.gates.ResultLog;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Fails the build if too few golden tasks passed.
 *
 * <p>A task without a result counts as failed, unless only part of them was meant to run.
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
public final class VerifyMojo extends GildMojo {

  /** Share of tasks that must pass, from 0 to 1; without it, the gate dev-to-staging decides. */
  @Parameter(property = "gild.threshold")
  @Nullable Double threshold;

  /** The settings whose gates count, if the file exists. */
  @Parameter(property = "gild.config", defaultValue = "${project.basedir}/gild.yaml")
  @Nullable File config;

  /** Whether tasks without a result are left out, as after {@code -Dgroups=smoke}. */
  @Parameter(property = "gild.partial", defaultValue = "false")
  boolean partial;

  /** Whether tests are not run at all, as Surefire understands it. */
  @Parameter(property = "skipTests", defaultValue = "false")
  boolean skipTests;

  /** Whether tests are not even compiled, as Surefire understands it. */
  @Parameter(property = "maven.test.skip", defaultValue = "false")
  boolean testSkip;

  /** Creates the goal; Maven does. */
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
      throw new MojoExecutionException("Cannot read golden results: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new MojoExecutionException("Cannot read the registry: " + e.getMessage(), e);
    }
  }

  private void verify() throws IOException, MojoFailureException {
    List<DeclaredAgent> agents = DeclaredAgent.readAll(classes());
    UnprocessedClasses.failIfAny(classes(), agents);
    double gate = gate();
    List<TaskKey> tasks = new ArrayList<>();
    for (GoldenSet set : GoldenTasks.list(agents, resources())) {
      set.tasks().forEach(task -> tasks.add(new TaskKey(set.agent().name(), task.spec().id())));
    }
    if (tasks.isEmpty()) {
      getLog().info("There are no golden tasks.");
      return;
    }
    ResultLog.Read read = ResultLog.read(resultsDirectory.toPath());
    if (!read.problems().isEmpty()) {
      throw new MojoFailureException(
          "Results cannot be read. Delete them and run the tests again.\n  "
              + String.join("\n  ", read.problems()));
    }
    if (read.results().isEmpty()) {
      throw new MojoFailureException(
          "%d golden tasks are declared, but none left a result in %s. Run the tests, with the goal generate-tests before them and io.gild:gild-evaluation among the test dependencies."
              .formatted(tasks.size(), resultsDirectory));
    }
    judge(tasks, read.results(), gate);
  }

  private void judge(List<TaskKey> tasks, List<TaskResult> results, double gate)
      throws MojoFailureException {
    List<String> failed = new ArrayList<>();
    int judged = 0;
    for (TaskKey task : tasks) {
      TaskResult result = last(results, task);
      if (result == null && partial) {
        continue;
      }
      judged++;
      if (result == null) {
        failed.add(task + ": did not run");
      } else if (!result.passed()) {
        failed.add(task + ": " + result.message());
      }
    }
    int passed = judged - failed.size();
    double rate = judged == 0 ? 1 : (double) passed / judged;
    String outcome =
        "%d of %d golden tasks passed (%s), gate %s"
            .formatted(passed, judged, percent(rate), percent(gate));
    if (rate < gate) {
      throw new MojoFailureException(outcome + ". Failed:\n  " + String.join("\n  ", failed));
    }
    getLog().info(outcome + ".");
    failed.forEach(task -> getLog().warn("Failed: " + task));
  }

  /** Returns the last result of a task, for a test may run again after it failed. */
  private static @Nullable TaskResult last(List<TaskResult> results, TaskKey task) {
    for (int i = results.size() - 1; i >= 0; i--) {
      if (results.get(i).key().equals(task)) {
        return results.get(i);
      }
    }
    return null;
  }

  private double gate() throws MojoFailureException {
    if (threshold != null) {
      if (!(threshold >= 0 && threshold <= 1)) {
        throw new MojoFailureException(
            "gild.threshold must be from 0 to 1, but is " + threshold + ". Write 0.8 for 80 %.");
      }
      return threshold;
    }
    try {
      return config != null && config.exists()
          ? Settings.builder().file(config.toPath()).build().gates().devToStaging().passRate()
          : Settings.defaults().gates().devToStaging().passRate();
    } catch (SettingsException e) {
      throw new MojoFailureException("The settings are wrong:\n  " + e.getMessage(), e);
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
