package io.gild.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** A JVM of its own that compiles on demand; not thread-safe. */
final class Javac implements AutoCloseable {

  /**
   * What one compilation took.
   *
   * @param nanos wall time
   * @param cpu CPU time of the whole process
   */
  record Took(long nanos, long cpu) {}

  private final Process process;
  private final BufferedReader answers;

  /** Starts the JVM. */
  Javac(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CompileLoop.class.getName());
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Compiles once in a fresh JVM, whose start and end count. */
  static Took once(List<String> arguments) throws IOException, RunnerException {
    long start = System.nanoTime();
    Took inside;
    try (Javac javac = new Javac(arguments)) {
      inside = javac.compile();
    }
    return new Took(System.nanoTime() - start, inside.cpu());
  }

  /** Compiles once more. */
  Took compile() throws IOException, RunnerException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new RunnerException("javac failed on the generated agents");
    }
    int blank = answer.indexOf(' ');
    return new Took(
        Long.parseLong(answer.substring(0, blank)), Long.parseLong(answer.substring(blank + 1)));
  }

  /** Ends the JVM and waits for that. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
