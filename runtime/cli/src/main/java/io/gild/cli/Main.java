package io.gild.cli;

import io.gild.config.SettingsModules;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code gild} command. */
@Command(
    name = "gild",
    description = "Lays a thin layer of gold over the AI agents a Java team already has.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main {

  private Main() {}

  /**
   * Runs a command and ends the JVM with its exit status: 0 for success, 1 for a negative result, 2
   * for wrong usage.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    CommandLine line = commandLine();
    SettingsModules.problems().forEach(line.getErr()::println);
    System.exit(line.execute(args));
  }

  /** Prints the mistake and not the whole help. */
  private static int misused(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println(command.getCommandSpec().qualifiedName() + " --help prints the options.");
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  static CommandLine commandLine() {
    return commandLine(SettingsModules.commands());
  }

  static CommandLine commandLine(List<Class<?>> commands) {
    CommandLine line = new CommandLine(new Main());
    commands.forEach(line::addSubcommand);
    line.addSubcommand(CommandLine.HelpCommand.class);
    line.setParameterExceptionHandler(Main::misused);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setOut(printable(System.out));
    line.setErr(printable(System.err));
    return line;
  }

  /** The version in the manifest of the program's jar. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {version == null ? "development" : version};
    }
  }

  @SuppressWarnings("DefaultCharset") // that of the terminal
  private static PrintWriter printable(PrintStream stream) {
    return new PrintWriter(new PrintableWriter(new PrintWriter(stream, true)), true);
  }
}
