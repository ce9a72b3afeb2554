package io.gild.cli;

import io.gild.memory.AgentMemory;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Undoes a consolidation. */
@Command(
    name = "undo",
    description = "Restores what a consolidation merged, superseded or pruned.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MemoryUndoCommand implements Callable<Integer> {

  @Mixin private MemoryOptions memory;

  @Parameters(paramLabel = "RUN", description = "the run, as gild memory consolidate prints it")
  private String run;

  @Override
  public Integer call() throws IOException {
    return memory.writing(this::undo);
  }

  private int undo(AgentMemory found) {
    int restored = found.consolidation().undo(memory.tenant(), run);
    memory
        .out()
        .println(
            restored == 0
                ? "Tenant \"%s\" has nothing to restore of run %s: it is unknown, undone, or too old."
                    .formatted(memory.tenant(), run)
                : restored + " memories are restored.");
    return restored == 0 ? 1 : 0;
  }
}
