package io.gild.cli;

import io.gild.memory.AgentMemory;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes the vectors of memories anew. */
@Command(
    name = "reembed",
    description =
        "Makes the vectors of all memories anew with the embedder of the settings, after it was changed.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MemoryReembedCommand implements Callable<Integer> {

  @Mixin private MemoryOptions memory;

  @Override
  public Integer call() throws IOException {
    return memory.writing(this::reembed);
  }

  private int reembed(AgentMemory found) {
    memory.out().println(found.reembed() + " memories have new vectors.");
    return 0;
  }
}
