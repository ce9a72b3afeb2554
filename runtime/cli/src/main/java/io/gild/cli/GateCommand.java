package io.gild.cli;

import io.gild.config.SettingsException;
import io.gild.gates.GateRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks a version at a quality gate. */
@Command(
    name = "gate",
    description =
        "Checks the results of golden tasks at a quality gate, writes the reports, appends the"
            + " decision to the audit log, and ends with status 1 unless the gate opens.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private GateOptions gate;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      GateRun.Done done = gate.gateRun().decide();
      out.print(done.report().console());
      out.println("Report: " + done.report().write(gate.out()));
      out.println("Audit log ends at " + done.head().lines() + ":" + done.head().hash());
      out.flush();
      return done.decision().opens() ? 0 : 1;
    } catch (SettingsException | IllegalArgumentException | IOException e) {
      spec.commandLine().getErr().println("gild: " + e.getMessage());
      return 1;
    }
  }
}
