package io.gild.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option of several commands that names the javaagent. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AgentOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--agent",
      paramLabel = "JAR",
      defaultValue = "${sys:gild.agent.jar:-gild-javaagent.jar}",
      description = "the javaagent (default: ${DEFAULT-VALUE})")
  private Path file;

  /** Returns the agent; throws {@link ParameterException} if there is none. */
  AgentJar jar() {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(
          command.commandLine(), "no javaagent " + file + "; name its jar with --agent");
    }
    return new AgentJar(file);
  }
}
