package io.gild.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** {@code gild rollout start} in its own process, as people run it; ends with the demo. */
final class ControllerProcess implements AutoCloseable {

  private final Process process;
  private final Thread reader;
  private final Thread end;

  private ControllerProcess(Process process, Consumer<String> lines) {
    this.process = process;
    this.reader = new Thread(() -> read(lines), "output of gild rollout");
    this.reader.setDaemon(true);
    this.reader.start();
    this.end = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(end);
  }

  /**
   * Starts to control a rollout.
   *
   * @param lines takes what it prints
   */
  static ControllerProcess start(Path settings, Path data, String rollout, Consumer<String> lines)
      throws IOException {
    return new ControllerProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.gild.cli.Main",
                "rollout",
                "start",
                rollout,
                "--settings",
                settings.toString(),
                "--data",
                data.toString())
            .redirectErrorStream(true)
            .start(),
        lines);
  }

  private void read(Consumer<String> lines) {
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.accept(line);
      }
    } catch (IOException ended) {
      // so there is nothing more to read
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until the rollout is over; returns whether it is. */
  boolean awaitEnd(long seconds) throws InterruptedException {
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    if (ended) {
      reader.join();
    }
    return ended;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException ending) {
      // the demo is about to end, and so is the process
    }
  }
}
