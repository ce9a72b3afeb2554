package io.gild.cli;

import io.gild.config.Json;
import io.gild.config.Printable;
import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import io.gild.twin.TwinDiff;
import io.gild.twin.TwinFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two twins, or a twin with the live agent. */
@Command(
    name = "diff",
    description =
        "Compares two twins, or a twin with the agent as it is now (drift); ends with status 1 if"
            + " they differ.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TwinDiffCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TwinPlace place;
  @Mixin private TwinSources sources;

  @Parameters(index = "0", paramLabel = "TWIN", description = "the first twin")
  private Path first;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TWIN",
      description = "the second twin (default: the agent as it is now)")
  private @Nullable Path second;

  @Option(names = "--json", description = "print the differences as JSON")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path other = second;
    return other == null
        ? place.with(this::drift)
        : TwinPlace.run(spec, () -> print(TwinDiff.of(TwinFile.open(first), TwinFile.open(other))));
  }

  private int drift(GildRuntime runtime) throws IOException {
    TwinFile file = TwinFile.open(first);
    try (AgentMemory memory = AgentMemory.reading(runtime)) {
      return print(TwinDiff.of(file, sources.snapshot(file.twin().agent(), runtime, memory)));
    }
  }

  private int print(TwinDiff diff) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(diff.json()));
    } else {
      diff.differences().forEach(each -> out.println(Printable.of(each.toString())));
      diff.notCompared().forEach(out::println);
      out.println(
          diff.isEmpty() ? "No difference." : "Differences: " + diff.differences().size() + ".");
    }
    return diff.isEmpty() ? 0 : 1;
  }
}
