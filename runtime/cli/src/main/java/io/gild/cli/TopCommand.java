package io.gild.cli;

import io.gild.config.Json;
import io.gild.config.Printable;
import io.gild.console.Consoles;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the agents of running JVMs in the terminal. */
@Command(
    name = "top",
    description = "Shows the agents of running JVMs in the terminal, the busiest first; q ends it.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TopCommand implements Callable<Integer> {

  private static final int REFRESH_MILLIS = 1_000;
  private static final String SHOW_OTHER_SCREEN = "\u001b[?1049h\u001b[?25l";
  private static final String SHOW_OWN_SCREEN = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  @Spec private CommandSpec spec;
  @Mixin private ConsoleTargets targets;

  @Option(names = "--once", description = "print one table and end; also without a terminal")
  private boolean once;

  @Option(names = "--json", description = "print the whole state as JSON and end")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return targets.use(consoles -> {
      if (json) {
        spec.commandLine().getOut().println(Json.write(consoles.state()));
      } else if (once || !Printable.isTerminal()) {
        TopTable.lines(consoles.state(), Integer.MAX_VALUE, Integer.MAX_VALUE)
            .forEach(spec.commandLine().getOut()::println);
      } else {
        show(consoles);
      }
      return 0;
    });
  }

  /** Draws over the same screen until q; the terminal is then as it was. */
  private static void show(Consoles consoles) throws InterruptedException {
    PrintStream screen = System.out;
    Terminal terminal = new Terminal();
    Runnable restoring =
        () -> {
          screen.print(SHOW_OWN_SCREEN);
          screen.flush();
          terminal.restore();
        };
    Thread restore = new Thread(restoring, "gild-terminal");
    Runtime.getRuntime().addShutdownHook(restore);
    terminal.readSingleKeys();
    screen.print(SHOW_OTHER_SCREEN);
    boolean goesOn = true;
    while (goesOn) {
      screen.print(frame(TopTable.lines(consoles.state(), terminal.width(), terminal.height())));
      screen.flush();
      goesOn = !terminal.isEndRequested(REFRESH_MILLIS);
    }
    Runtime.getRuntime().removeShutdownHook(restore);
    restoring.run();
  }

  /** Overwrites line by line, so that nothing flickers. */
  private static String frame(List<String> lines) {
    StringBuilder frame = new StringBuilder(HOME);
    for (int i = 0; i < lines.size(); i++) {
      frame.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(CLEAR_LINE);
    }
    return frame.append(CLEAR_BELOW).toString();
  }
}
