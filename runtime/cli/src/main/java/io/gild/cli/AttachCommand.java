package io.gild.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Attaches the javaagent to a running JVM. */
@Command(name = "attach", description = "Governs a running JVM.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AttachCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "PID", description = "process id of the JVM")
  private String pid;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OPTIONS",
      description = "options as of -javaagent, such as config=gild.yaml,mode=observe")
  private String options = "";

  @Mixin private AgentOption agent;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return agent.jar().attach(pid, options);
  }
}
