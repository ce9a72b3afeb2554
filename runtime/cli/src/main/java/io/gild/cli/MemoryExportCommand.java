package io.gild.cli;

import io.gild.config.PrivateFiles;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemoryTransfer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes memories to a file. */
@Command(
    name = "export",
    description =
        "Writes the memories of a tenant to a file of JSON lines, which only you can read.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MemoryExportCommand implements Callable<Integer> {

  @Mixin private MemoryOptions memory;

  @Parameters(paramLabel = "FILE", description = "the file; one that exists is replaced")
  private Path file;

  @Option(names = "--all-tenants", description = "the memories of all tenants")
  private boolean all;

  @Override
  public Integer call() throws IOException {
    return memory.reading(this::export);
  }

  private int export(AgentMemory found) throws IOException {
    List<String> tenants = all ? found.memories().store().tenants() : List.of(memory.tenant());
    StringBuilder lines = new StringBuilder();
    int exported = MemoryTransfer.exportTo(found.memories(), tenants, lines);
    PrivateFiles.write(file, lines.toString());
    memory.out().println(exported + " memories are in " + file + ".");
    return 0;
  }
}
