package io.gild.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Detaches the javaagent from a running JVM. */
@Command(
    name = "detach",
    description = "Restores the original code of a JVM that gild attach governs.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DetachCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "PID", description = "process id of the JVM")
  private String pid;

  @Mixin private AgentOption agent;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return agent.jar().detach(pid);
  }
}
