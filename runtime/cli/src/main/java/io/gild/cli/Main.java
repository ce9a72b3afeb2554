package io.gild.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code gild} command. */
@Command(
    name = "gild",
    description = "Lays a thin layer of gold over the AI agents a Java team already has.",
    subcommands = {
      ConfigCommand.class,
      InventoryCommand.class,
      EvalCommand.class,
      RecordCommand.class,
      ReplayCommand.class,
      CommandLine.HelpCommand.class},
    mixinStandardHelpOptions = true,
    version = "0.1.0-SNAPSHOT")
public final class Main {

  private Main() {}

  /**
   * Runs a command and ends the JVM with its exit status: 0 done, 1 found wrong, 2 misused.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }
}
