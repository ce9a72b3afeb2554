package io.gild.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sample on Spring Boot in its own JVM; not thread-safe. */
final class SpringApp implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private SpringApp(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the application and waits until it answers.
   *
   * @param javaHome the JDK
   * @param flags of its JVM
   * @param models the address of the model
   */
  static SpringApp start(Path javaHome, List<String> flags, String models)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-jar", Agents.sibling("../../spring-support/target/spring-support.jar").toString()));
    Path log = Files.createTempFile("gild-bench-app", ".log");
    log.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SERVER_PORT", String.valueOf(port));
    builder.environment().put("OPENAI_BASE_URL", models);
    SpringApp app = new SpringApp(builder.start(), port);
    try {
      app.awaitHealth(log);
      return app;
    } catch (IOException | InterruptedException | RuntimeException failed) {
      app.close();
      throw failed;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitHealth(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        if (get("/health").equals("up")) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(20);
      }
    }
    throw new IllegalStateException("the application does not start: " + Files.readString(log));
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(30)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Returns the CPU time that the application has used so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Returns the peak memory of the application, in bytes. */
  long peakMemory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IllegalStateException("this system does not report a process's memory");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
