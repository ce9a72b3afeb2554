package com.acme.newsroom;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The JVM of an agent, which can be killed and started again at the same port. */
final class AgentProcess implements AutoCloseable {

  private static final int START_SECONDS = 60;

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path folder;
  private int port;
  private int kills;
  private Process process;

  private AgentProcess(
      String name, List<String> command, Map<String, String> environment, Path folder)
      throws Exception {
    this.name = name;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.process = start();
  }

  /**
   * Starts an agent.
   *
   * @param arguments of its main class; {@code PORT} is replaced by the port
   */
  static AgentProcess start(
      String name,
      String classPath,
      Class<?> main,
      Map<String, String> environment,
      Path folder,
      String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", classPath));
    command.add("-Dgild.data=" + folder.resolve("data"));
    command.add("-Dgild.coordination.engine=folder");
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new AgentProcess(name, command, environment, folder);
  }

  private Process start() throws Exception {
    List<String> whole =
        command.stream().map(each -> each.equals("PORT") ? String.valueOf(port) : each).toList();
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().putAll(environment);
    builder.environment().put("OTEL_SERVICE_NAME", name);
    builder.redirectErrorStream(true).directory(folder.toFile());
    Process started = builder.start();
    CompletableFuture<Integer> ready = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(started, ready), "output of " + name);
    reader.setDaemon(true);
    reader.start();
    try {
      port = ready.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failure) {
      started.destroyForcibly();
      throw failure;
    }
    return started;
  }

  private void read(Process started, CompletableFuture<Integer> ready) {
    StringBuilder lines = new StringBuilder();
    try (BufferedReader out = started.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("ready ")) {
          ready.complete(Integer.parseInt(line.substring(6)));
        }
        if (lines.length() < 4_000) {
          lines.append("\n").append(line);
        }
      }
    } catch (IOException killed) {
      // so there is nothing more to read
    }
    ready.completeExceptionally(new IllegalStateException("agent " + name + " ended:" + lines));
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int kills() {
    return kills;
  }

  /** Kills the JVM, as {@code kill -9} does, and starts it again. */
  void killAndRestart() throws Exception {
    process.destroyForcibly().waitFor();
    kills++;
    process = start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
