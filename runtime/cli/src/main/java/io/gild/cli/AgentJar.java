package io.gild.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The javaagent, as it is put into other JVMs.
 *
 * @param file its jar
 */
record AgentJar(Path file) {

  /** Returns the option that starts it with a JVM, to take an inventory. */
  String option(Path folder) {
    return option(options(folder));
  }

  /** Returns the option that starts it with a JVM. */
  String option(String options) {
    return "-javaagent:" + file.toAbsolutePath() + "=" + options;
  }

  private static String options(Path folder) {
    return "mode=inventory,report=" + folder.toAbsolutePath();
  }

  /** Attaches it to a JVM that runs; tells whether that came about, and says why if not. */
  boolean attach(String pid, Path folder) throws IOException, InterruptedException {
    return attach(pid, options(folder));
  }

  /** The same with other options than an inventory's. */
  boolean attach(String pid, String options) throws IOException, InterruptedException {
    return run(pid, options);
  }

  /** Takes it away again. */
  boolean detach(String pid) throws IOException, InterruptedException {
    return run(pid, "detach");
  }

  private boolean run(String pid, String options) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(java, "-cp", file.toString(), "io.gild.javaagent.Attach", pid, options))
            .inheritIO()
            .start();
    return process.waitFor() == 0;
  }
}
