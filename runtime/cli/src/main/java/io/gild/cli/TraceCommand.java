package io.gild.cli;

import io.gild.config.Json;
import io.gild.console.Consoles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what happened in one call. */
@Command(
    name = "trace",
    description =
        "Prints the calls and requests inside of one call, how each was answered, and what makes up"
            + " the cost.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TraceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "number of the call, as the console shows it; JVM/NUMBER if several JVMs run")
  private String id;

  @Option(
      names = "--console",
      paramLabel = "TARGET",
      description =
          "address of a console, process id, or file of a call log; may be repeated (default: all"
              + " JVMs of the data folder)")
  private List<String> targets = List.of();

  @Mixin private SettingsPlace place;

  @Option(names = "--json", description = "print the tree as JSON")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return ConsoleTargets.use(
        spec,
        () -> Consoles.of(place.load(spec).data(), targets),
        consoles -> {
          int slash = id.indexOf('/');
          String jvm = slash < 0 ? "" : id.substring(0, slash);
          String number = id.substring(slash + 1);
          Map<String, @Nullable Object> tree = consoles.tree(jvm, number);
          if (tree == null) {
            spec.commandLine()
                .getErr()
                .println(
                    "gild: no console has the call "
                        + id
                        + "; it was never recorded, or made room for newer ones");
            return ConsoleTargets.WRONG;
          }
          if (json) {
            spec.commandLine().getOut().println(Json.pretty(tree).stripTrailing());
          } else {
            TraceText.lines(tree, root(consoles, tree))
                .forEach(spec.commandLine().getOut()::println);
          }
          return 0;
        });
  }

  private static @Nullable Map<String, @Nullable Object> root(
      Consoles consoles, Map<String, @Nullable Object> tree) throws IOException {
    return tree.get("call") instanceof Map<?, ?> call
        ? consoles.span(
            String.valueOf(call.get("jvm")),
            String.valueOf(call.get("id")),
            String.valueOf(call.get("id")))
        : null;
  }
}
