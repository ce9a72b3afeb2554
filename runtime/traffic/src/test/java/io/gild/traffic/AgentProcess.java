package io.gild.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A version of an agent in a process that can be killed. */
final class AgentProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private AgentProcess(Process process) throws IOException {
    this.process = process;
    BufferedReader printed =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.port = Integer.parseInt(printed.readLine());
  }

  static AgentProcess start(String name) throws IOException {
    return new AgentProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target", "test-classes").toString(),
                AgentServer.class.getName(),
                name)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  int port() {
    return port;
  }

  /** Kills it, as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
