package io.gild.cli;

import io.gild.gates.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reports results without checking a gate. */
@Command(
    name = "report",
    description =
        "Writes the results of golden tasks as HTML, JSON, JUnit XML and Markdown; checks no gate.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private GateOptions gate;

  @Option(names = "--markdown", description = "print the summary for a pull request as well")
  private boolean markdown;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Report report = gate.gateRun().report();
      out.print(markdown ? report.markdown() : report.console());
      out.println("Report: " + report.write(gate.out()));
      out.flush();
      return 0;
    } catch (IllegalArgumentException | IOException e) {
      spec.commandLine().getErr().println("gild: " + e.getMessage());
      return 1;
    }
  }
}
