package io.gild.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A command of gild in its own process, as people run it; ends with the demo. */
final class GildProcess implements AutoCloseable {

  private final Process process;
  private final Thread reader;
  private final Thread end;

  private GildProcess(Process process, Consumer<String> lines) {
    this.process = process;
    this.reader = new Thread(() -> read(lines), "output of gild");
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
  static GildProcess rollout(Path settings, Path data, String rollout, Consumer<String> lines)
      throws IOException {
    return start(settings, data, lines, "rollout", "start", rollout);
  }

  /**
   * Starts a console of all JVMs and rollouts of a data folder.
   *
   * @param lines takes what it prints: its address, and what is wrong
   */
  static GildProcess console(Path settings, Path data, Consumer<String> lines) throws IOException {
    return start(settings, data, lines, "console");
  }

  private static GildProcess start(
      Path settings, Path data, Consumer<String> lines, String... command) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.gild.cli.Main"));
    all.addAll(List.of(command));
    all.addAll(List.of("--settings", settings.toString(), "--data", data.toString()));
    return new GildProcess(new ProcessBuilder(all).redirectErrorStream(true).start(), lines);
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

  /** Waits until the command ends; returns whether it did. */
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
