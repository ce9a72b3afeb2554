package io.gild.cli;

import io.gild.config.SettingsException;
import io.gild.orchestration.OrchestrationException;
import io.gild.orchestration.RunRecord;
import io.gild.orchestration.StoredRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where runs are. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunsOptions {

  private static final int WRONG = 1;
  private static final long MOST_WAIT_MILLIS = 5_000;
  private static final long POLL_MILLIS = 50;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private SettingsPlace place;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "the folder of runs (default: runs in the data folder)")
  private @Nullable Path folder;

  /** Uses runs. */
  interface Use {
    int with(StoredRuns runs) throws IOException, InterruptedException;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  int use(Use use) throws IOException, InterruptedException {
    try {
      Path where = folder == null ? StoredRuns.folder(place.load(spec)) : folder;
      return use.with(new StoredRuns(where));
    } catch (SettingsException wrong) {
      wrong.problems().forEach(err()::println);
    } catch (OrchestrationException | IllegalArgumentException wrong) {
      err().println("gild: " + wrong.getMessage());
    }
    return WRONG;
  }

  /** Waits a while until a request has taken effect, and prints what became of it. */
  int await(StoredRuns runs, String id, Predicate<RunRecord> done, String request)
      throws InterruptedException {
    long end = System.nanoTime() + MOST_WAIT_MILLIS * 1_000_000;
    while (System.nanoTime() < end) {
      RunRecord run = runs.read(id);
      if (done.test(run)) {
        out().println("Run " + id + " is " + RunsText.state(run) + ".");
        return 0;
      }
      Thread.sleep(POLL_MILLIS);
    }
    out()
        .println(
            "The request to "
                + request
                + " run "
                + id
                + " is written. No JVM has taken it yet: the application that knows the workflow takes"
                + " it when it resumes its runs.");
    return 0;
  }
}
