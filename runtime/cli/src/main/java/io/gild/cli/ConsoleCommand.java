package io.gild.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves one page for the consoles of several JVMs. */
@Command(
    name = "console",
    description =
        "Shows the agents of running JVMs on one page in the browser: what they do, cost and break."
            + " Ends with Ctrl-C.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConsoleCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConsoleTargets targets;
  @Mixin private AgentOption agent;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "the port of the page on this machine (default: any free one)")
  private int port;

  @Override
  public Integer call() throws Exception {
    return targets.useSwitchedOn(
        agent,
        consoles -> {
          spec.commandLine().getOut().println(consoles.serve(port));
          spec.commandLine().getErr().println("gild: the page is at this address; Ctrl-C ends it");
          new CountDownLatch(1).await();
          return 0;
        });
  }
}
