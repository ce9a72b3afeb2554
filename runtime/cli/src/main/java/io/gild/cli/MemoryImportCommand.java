package io.gild.cli;

import io.gild.memory.AgentMemory;
import io.gild.memory.MemoryTransfer;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads memories from a file. */
@Command(
    name = "import",
    description =
        "Adds the memories of a file that gild memory export wrote, each to its own tenant.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MemoryImportCommand implements Callable<Integer> {

  @Mixin private MemoryOptions memory;

  @Parameters(paramLabel = "FILE", description = "the file")
  private Path file;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("no file " + file);
    }
    return memory.writing(this::read);
  }

  private int read(AgentMemory found) throws IOException {
    try (Reader in = Files.newBufferedReader(file)) {
      MemoryTransfer.Imported done =
          MemoryTransfer.importFrom(found.memories(), in, file.toString());
      memory
          .out()
          .println(
              "%d memories were added, %d replaced, %d were there already."
                  .formatted(done.added(), done.replaced(), done.unchanged()));
      return 0;
    }
  }
}
