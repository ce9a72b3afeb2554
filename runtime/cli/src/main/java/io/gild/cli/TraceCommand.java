package io.gild.cli;

import io.gild.config.Json;
import io.gild.console.Consoles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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

  private static final Pattern TRACE = Pattern.compile("[0-9a-fA-F]{8,32}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description =
          "number of the call, as the console shows it; JVM/NUMBER if several JVMs run; or a trace"
              + " id, or its first 8 or more digits")
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
          Map<String, @Nullable Object> tree = find(consoles);
          if (tree == null) {
            spec.commandLine()
                .getErr()
                .println(
                    "gild: no console has the "
                        + (isTrace() ? "trace " : "call ")
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

  /** Returns whether the id can only be that of a trace. */
  private boolean isTrace() {
    return TRACE.matcher(id).matches() && !NUMBER.matcher(id).matches();
  }

  private @Nullable Map<String, @Nullable Object> find(Consoles consoles) throws IOException {
    Map<String, @Nullable Object> tree = null;
    if (!isTrace()) {
      int slash = id.indexOf('/');
      tree = consoles.tree(slash < 0 ? "" : id.substring(0, slash), id.substring(slash + 1));
    }
    return tree == null && TRACE.matcher(id).matches() ? findByTrace(consoles) : tree;
  }

  /** Returns the tree of the oldest call of a trace, and prints which others there are. */
  private @Nullable Map<String, @Nullable Object> findByTrace(Consoles consoles)
      throws IOException {
    List<String> others = new ArrayList<>();
    Map<String, @Nullable Object> tree = null;
    for (Map<String, @Nullable Object> call : consoles.inTrace(id)) {
      String jvm = String.valueOf(call.get("jvm"));
      String number = String.valueOf(call.get("id"));
      if (tree == null) {
        tree = consoles.tree(jvm, number);
      } else {
        others.add(jvm + "/" + number);
      }
    }
    if (!others.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("gild: the trace has further calls: " + String.join(", ", others));
    }
    return tree;
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
