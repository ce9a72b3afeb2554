package io.gild.cli;

import io.gild.orchestration.RunRecord;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Resumes a durable run. */
@Command(
    name = "resume",
    description =
        "Asks a running application to resume a run; a run that failed begins again at the step that"
            + " failed.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunsResumeCommand implements Callable<Integer> {

  @Mixin private RunsOptions options;

  @Parameters(paramLabel = "ID", description = "the run")
  private String id;

  @Override
  public Integer call() throws Exception {
    return options.use(runs -> {
      RunRecord before = runs.read(id);
      if (runs.isExecuted(id)) {
        options.out().println("Run " + id + " is " + RunsText.state(before) + " already.");
        return 0;
      }
      runs.resume(id);
      return options.await(runs, id, run -> run.resumed() > before.resumed(), "resume");
    });
  }
}
