package io.gild.testkit;

import io.gild.config.Experimental;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The program {@code promtool} of this machine. Where it is not installed, the test is skipped with
 * the reason; if the environment variable {@code CI} is {@code true}, the test fails.
 */
@Experimental
public final class Promtool {

  private Promtool() {}

  /**
   * The end of a run.
   *
   * @param exitCode 0 if it found nothing wrong
   * @param output what it printed
   */
  public record Ended(int exitCode, String output) {}

  /**
   * Checks metrics as {@code promtool check metrics} does.
   *
   * @param metrics in Prometheus' text format
   * @return what it found
   */
  public static Ended checkMetrics(String metrics) {
    return run(metrics, "check", "metrics");
  }

  /**
   * Runs the program.
   *
   * @param input its standard input
   * @param arguments such as {@code check}, {@code rules} and a file
   * @return how it ended
   */
  public static Ended run(String input, String... arguments) {
    return run(LocalServer.program("promtool", "apt-get install prometheus"), input, arguments);
  }

  /**
   * Runs Alertmanager's tool.
   *
   * @param arguments such as {@code check-config} and a file
   * @return how it ended
   */
  public static Ended amtool(String... arguments) {
    return run(
        LocalServer.program("amtool", "apt-get install prometheus-alertmanager"), "", arguments);
  }

  private static Ended run(Path program, String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> output(process));
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException closed) {
        // it does not read its input
      }
      return new Ended(process.onExit().join().exitValue(), output.join());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String output(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
