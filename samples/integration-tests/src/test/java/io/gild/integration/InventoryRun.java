package io.gild.integration;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command {@code gild inventory} in its own JVM, as users run it. */
final class InventoryRun implements AutoCloseable {

  /**
   * Its result.
   *
   * @param status its exit status
   * @param out its standard output, and that of the command it watched
   * @param errors the same for standard error
   */
  record Outcome(int status, String out, String errors) {}

  /** A hanging command must not block the tests. */
  private static final long LONGEST_SECONDS = 1_200;

  private final Process process;
  private final Path out;
  private final StringBuilder errors = new StringBuilder();
  private final BufferedReader errorReader;
  private final PrintStream in;

  private InventoryRun(Process process, Path out) {
    this.process = process;
    this.out = out;
    this.errorReader = process.errorReader(StandardCharsets.UTF_8);
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  static InventoryRun start(String provider, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(hearingInterrupts());
    command.add(Jdk.own().java());
    command.addAll(List.of("-jar", System.getProperty("gild.cli.jar")));
    command.addAll(List.of("inventory", "--agent", Child.agentJar()));
    command.addAll(arguments);
    Path out = Files.createTempFile("inventory", ".out");
    out.toFile().deleteOnExit();
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    builder.directory(new File(System.getProperty("java.io.tmpdir")));
    builder.environment().put("PROVIDER", provider);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    return new InventoryRun(process, out);
  }

  /** A build in the background ignores Ctrl-C, and so would its child processes. */
  private static List<String> hearingInterrupts() {
    List<String> hearing = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(hearing);
    trial.add("true");
    try {
      return new ProcessBuilder(trial).start().waitFor() == 0 ? hearing : List.of();
    } catch (IOException absent) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** Types a line. */
  void say(String line) {
    in.println(line);
  }

  /** Waits for a line on standard error. */
  void awaitError(String part) throws IOException {
    String line = errorReader.readLine();
    while (line != null && !line.contains(part)) {
      errors.append(line).append('\n');
      line = errorReader.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("\"" + part + "\" was never printed, but\n" + errors);
    }
  }

  /** Presses Ctrl-C. */
  void interrupt() throws Exception {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  boolean runs() {
    return process.isAlive();
  }

  /** Ends the input, and waits for the end. */
  Outcome end() throws Exception {
    in.close();
    errorReader.lines().forEach(line -> errors.append(line).append('\n'));
    return new Outcome(process.waitFor(), Files.readString(out), errors.toString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
