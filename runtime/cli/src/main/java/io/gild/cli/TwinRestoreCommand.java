package io.gild.cli;

import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import io.gild.twin.TwinChanges;
import io.gild.twin.TwinFile;
import io.gild.twin.TwinRestore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Restores an agent. */
@Command(
    name = "restore",
    description =
        "Makes the memories and sessions of an agent exactly those of a twin, all or nothing. Its"
            + " application must not run.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TwinRestoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TwinPlace place;

  @Parameters(arity = "0..1", paramLabel = "TWIN", description = "the twin")
  private @Nullable Path file;

  @Option(names = "--dry-run", description = "print what would be done, and do nothing")
  private boolean dry;

  @Option(
      names = "--shared",
      description = "replace the memories that all agents share, too; else they stay")
  private boolean shared;

  @Option(
      names = "--finish",
      description = "only finish restores that were interrupted; without a twin")
  private boolean finish;

  @Override
  public Integer call() throws IOException {
    if (finish == (file != null)) {
      throw new ParameterException(
          spec.commandLine(), "gild twin restore needs a twin, or --finish without one");
    }
    return place.with(this::restore);
  }

  private int restore(GildRuntime runtime) {
    Path named = file;
    TwinFile twin = named == null ? null : TwinFile.open(named);
    try (AgentMemory memory = AgentMemory.restoring(runtime)) {
      TwinRestore restore = new TwinRestore(runtime, memory);
      if (twin == null) {
        printFinished(restore.finish());
      } else {
        print(dry ? restore.plan(twin, shared) : restore.run(twin, shared));
      }
    }
    return 0;
  }

  private void printFinished(List<String> agents) {
    PrintWriter out = spec.commandLine().getOut();
    agents.forEach(agent -> out.println("Finished the restore of " + agent + "."));
    if (agents.isEmpty()) {
      out.println("No restore was interrupted.");
    }
  }

  private void print(TwinChanges changes) {
    PrintWriter out = spec.commandLine().getOut();
    changes.text().forEach(out::println);
    if (dry) {
      out.println("Nothing was done (--dry-run).");
    }
  }
}
