package io.gild.cli;

import io.gild.config.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints one line for each call. */
@Command(
    name = "logs",
    description = "Prints a line for each of the newest calls of running JVMs, the oldest first.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LogsCommand implements Callable<Integer> {

  private static final long PAUSE_MILLIS = 500;
  private static final int MOST = 1_000;

  @Spec private CommandSpec spec;
  @Mixin private ConsoleTargets targets;

  @Option(
      names = {"--follow", "-f"},
      description = "go on with new calls until Ctrl-C")
  private boolean follow;

  @Option(names = "--agent", paramLabel = "NAME", description = "only calls of this agent")
  private String agent = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "how many calls to begin with (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(names = "--json", description = "print a JSON object for each call")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return targets.use(consoles -> {
      Callable<List<Map<String, @Nullable Object>>> following = consoles.follow(MOST);
      following.call();
      GapWords.ofCallLogs(consoles.state()).forEach(spec.commandLine().getErr()::println);
      if (limit > 0) {
        consoles.newest(agent, limit).forEach(this::print);
      }
      while (follow && !spec.commandLine().getOut().checkError()) {
        Thread.sleep(PAUSE_MILLIS);
        following.call().stream()
            .filter(call -> agent.isEmpty() || agent.equals(call.get("agent")))
            .forEach(this::print);
      }
      return 0;
    });
  }

  private void print(Map<String, @Nullable Object> call) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.write(call) : CallLine.of(call));
  }
}
