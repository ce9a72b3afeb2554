package io.gild.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The JVM that serves agents, seen from the command. It ends with the command: by a signal, and by
 * the end of its input if the command is killed.
 */
final class ServingProcess {

  /** How long the agents may take to end. */
  private static final long PATIENCE_SECONDS = 6;

  private final List<String> command;
  private final Path folder;
  private @Nullable Process process;

  ServingProcess(List<String> command, Path folder) {
    this.command = List.copyOf(command);
    this.folder = folder;
  }

  /**
   * Serves until the JVM ends.
   *
   * @param order the agents
   * @return its exit status
   */
  int run(String order) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "gild-serve"));
    Process started = start();
    OutputStream input = started.getOutputStream();
    try {
      input.write((order + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException ended) {
      // Its exit status and what it printed say why.
    }
    return started.waitFor(); // its input stays open until then
  }

  private synchronized Process start() throws IOException {
    Process started =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process = started;
    return started;
  }

  private synchronized void end() {
    Process started = process;
    if (started == null || !started.isAlive()) {
      return;
    }
    started.destroy();
    try {
      if (!started.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        started.destroyForcibly();
      }
    } catch (InterruptedException ends) {
      started.destroyForcibly();
    }
  }
}
