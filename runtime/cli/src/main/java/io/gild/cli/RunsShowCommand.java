package io.gild.cli;

import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.orchestration.RunPage;
import io.gild.orchestration.RunPicture;
import io.gild.orchestration.RunRecord;
import io.gild.orchestration.StoredRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a durable run, or draws it. */
@Command(
    name = "show",
    description = "Prints the steps of a run, or draws them.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunsShowCommand implements Callable<Integer> {

  @Mixin private RunsOptions options;

  @Parameters(paramLabel = "ID", description = "the run")
  private String id;

  @Option(
      names = "--values",
      description = "also print the results of the steps, which may contain what users said")
  private boolean values;

  @Option(names = "--html", paramLabel = "FILE", description = "write a page with a picture")
  private @Nullable Path html;

  @Option(names = "--svg", paramLabel = "FILE", description = "write the picture alone")
  private @Nullable Path svg;

  @Override
  public Integer call() throws Exception {
    return options.use(this::show);
  }

  private int show(StoredRuns runs) throws IOException {
    RunRecord run = runs.read(id);
    Instant now = Instant.now();
    PrintWriter out = options.out();
    String executed = runs.isExecuted(id) ? ", executed by a JVM" : "";
    out.println(run.workflow() + " " + run.version() + ": " + RunsText.state(run) + executed);
    if (run.question() != null) {
      out.println("waits for: " + run.question());
    }
    if (run.error() != null) {
      out.println("error: " + run.error());
    }
    List<List<String>> table = new ArrayList<>();
    table.add(RunsText.STEP_HEAD);
    run.steps().forEach(step -> table.add(RunsText.row(step, now)));
    Columns.of(table).forEach(out::println);
    if (values) {
      out.println(Json.pretty(runs.results(id)).stripTrailing());
    }
    write(html, RunPage.html(run, now));
    write(svg, RunPicture.svg(run, now));
    return 0;
  }

  private void write(@Nullable Path file, String text) throws IOException {
    if (file != null) {
      options.out().println("Written: " + PrivateFiles.write(file, text));
    }
  }
}
