package io.gild.cli;

import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemoryRecord;
import io.gild.memory.SessionSnapshot;
import io.gild.twin.Twin;
import io.gild.twin.TwinFigures;
import io.gild.twin.TwinFile;
import io.gild.twin.TwinVisitor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the twin of an agent. */
@Command(
    name = "snapshot",
    description =
        "Writes an agent to one file, which only you can read: memories, sessions, policies,"
            + " models, prompt versions and figures. Also while its application runs.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TwinSnapshotCommand implements Callable<Integer> {

  private static final int NOTHING = 1;

  @Spec private CommandSpec spec;
  @Mixin private TwinPlace place;
  @Mixin private TwinSources sources;

  @Parameters(paramLabel = "AGENT", description = "name of the agent")
  private String agent;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "the file; one that exists is replaced")
  private Path out;

  @Override
  public Integer call() throws IOException {
    return place.with(this::write);
  }

  private int write(GildRuntime runtime) throws IOException {
    try (AgentMemory memory = AgentMemory.reading(runtime)) {
      return print(TwinFile.write(out, sources.snapshot(agent, runtime, memory)));
    }
  }

  /** Counts what a file holds. */
  private static final class Sizes implements TwinVisitor {

    private long memories;
    private long shared;
    private long sessions;
    private long messages;

    @Override
    public void memory(MemoryRecord record) {
      memories++;
      shared += record.memory().owner().agent().isEmpty() ? 1 : 0;
    }

    @Override
    public void session(SessionSnapshot session) {
      sessions++;
      messages += session.messages().size();
    }
  }

  private int print(TwinFile file) {
    PrintWriter printer = spec.commandLine().getOut();
    Twin twin = file.twin();
    Sizes sizes = new Sizes();
    file.visit(sizes); // checks the file, too
    printer.printf(
        "%s: memories %d, sessions %d, messages %d, methods %d, models %d, prompts %d.%n",
        file.path(),
        sizes.memories,
        sizes.sessions,
        sizes.messages,
        twin.methods().size(),
        twin.models().size(),
        twin.prompts().size());
    TwinFigures figures = twin.figures();
    if (figures != null && figures.sampledOut() > 0) {
      printer.printf(
          "Figures: %s is a sample; %d of %d calls are estimated.%n",
          figures.source(), figures.sampledOut(), figures.calls());
    }
    twin.absent().forEach((section, why) -> printer.println("Absent: " + section + ": " + why));
    if (sizes.memories == sizes.shared && sizes.sessions == 0 && twin.methods().isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf("gild: nothing of an agent \"%s\" was found; is that its name?%n", agent);
      return NOTHING;
    }
    return 0;
  }
}
