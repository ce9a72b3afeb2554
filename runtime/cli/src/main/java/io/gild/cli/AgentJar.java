package io.gild.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The javaagent that is attached to other JVMs.
 *
 * @param file its jar
 */
record AgentJar(Path file) {

  /** Reports why a command cannot be started. */
  static final class CannotStart extends Exception {

    private static final long serialVersionUID = 1L;

    CannotStart(String command, IOException cause) {
      super(
          "cannot start \""
              + command
              + "\": "
              + cause.getMessage()
              + ". Name a process id, or a command that the shell would find",
          cause);
    }
  }

  /**
   * Attaches the agent to a running JVM, or starts a command with it.
   *
   * @param target a process id, or a command and its arguments
   * @param options the agent's
   * @return the watched JVMs; {@code null} if the agent could not be attached, which has been
   *     printed
   * @throws CannotStart if there is no such command
   */
  @Nullable Watching watch(List<String> target, String options)
      throws IOException, InterruptedException, CannotStart {
    String first = target.get(0);
    if (target.size() == 1 && first.matches("\\d+")) {
      return attach(first, options) == 0 ? new WatchedProcess(first, this) : null;
    }
    try {
      return WatchedCommand.start(target, option(options));
    } catch (IOException missing) {
      throw new CannotStart(first, missing);
    }
  }

  /** Returns the option that starts it with a JVM. */
  String option(String options) {
    return "-javaagent:" + file.toAbsolutePath() + "=" + options;
  }

  /**
   * Attaches the agent to a running JVM.
   *
   * @param pid process id of the JVM
   * @param options the agent's
   * @return 0 on success; otherwise the reason has been printed
   */
  int attach(String pid, String options) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(java, "-cp", file.toString(), "io.gild.javaagent.Attach", pid, options))
        .inheritIO()
        .start()
        .waitFor();
  }

  /** Detaches the agent; returns 0 on success, otherwise prints the reason. */
  int detach(String pid) throws IOException, InterruptedException {
    return attach(pid, "detach");
  }
}
