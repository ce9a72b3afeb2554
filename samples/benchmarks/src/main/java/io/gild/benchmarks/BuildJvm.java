package io.gild.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** A separate JVM that runs a step of a build on demand; not thread-safe. */
final class BuildJvm implements AutoCloseable {

  /**
   * The time of one step.
   *
   * @param nanos wall time
   * @param cpu CPU time of the whole process
   */
  record Took(long nanos, long cpu) {}

  private final Process process;
  private final BufferedReader answers;

  private BuildJvm(List<String> flags, Class<?> main, String classPath, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath));
    command.add(main.getName());
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a JVM that compiles. */
  static BuildJvm javac(List<String> arguments) throws IOException {
    return new BuildJvm(
        List.of(), CompileLoop.class, System.getProperty("java.class.path"), arguments);
  }

  /** Compiles once in a fresh JVM with these flags, whose start and end count. */
  static Took compileOnce(List<String> flags, List<String> arguments)
      throws IOException, RunnerException {
    return once(flags, CompileLoop.class, System.getProperty("java.class.path"), arguments);
  }

  /** Weaves a folder of class files once in a fresh JVM, whose start and end count. */
  static Took weaveOnce(String classPath, Path classes) throws IOException, RunnerException {
    String all = System.getProperty("java.class.path") + File.pathSeparator + classPath;
    return once(List.of(), WeaveLoop.class, all, List.of(classes.toString()));
  }

  private static Took once(
      List<String> flags, Class<?> main, String classPath, List<String> arguments)
      throws IOException, RunnerException {
    long start = System.nanoTime();
    Took inside;
    try (BuildJvm jvm = new BuildJvm(flags, main, classPath, arguments)) {
      inside = jvm.again();
    }
    return new Took(System.nanoTime() - start, inside.cpu());
  }

  /** Runs the step again. */
  Took again() throws IOException, RunnerException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new RunnerException("the build of the generated agents failed");
    }
    int blank = answer.indexOf(' ');
    return new Took(
        Long.parseLong(answer.substring(0, blank)), Long.parseLong(answer.substring(blank + 1)));
  }

  /** Ends the JVM and waits for its end. */
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
