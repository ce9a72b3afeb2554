package io.gild.maven;

import io.gild.gates.TaskResult;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Writes reports of the golden tasks that ran, without a gate. */
@Mojo(name = "report", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class ReportMojo extends GatedMojo {

  /** Creates the goal; Maven calls it. */
  public ReportMojo() {}

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("The report is skipped.");
      return;
    }
    if (runsAShard()) {
      return;
    }
    List<TaskResult> results = results();
    if (results.isEmpty()) {
      getLog().info("There are no results of golden tasks in " + resultsDirectory + ".");
      return;
    }
    try {
      List<DeclaredAgent> agents = agents();
      List<GoldenSet> sets = ModuleTasks.list(agents, resources());
      getLog()
          .info(
              "Report: "
                  + gateRun(sets, agents, results).report().write(reportsDirectory.toPath()));
    } catch (IllegalArgumentException e) {
      throw new MojoExecutionException("Cannot report: " + e.getMessage(), e);
    }
  }
}
