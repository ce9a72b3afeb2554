package io.gild.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A version of the unmodified support agent: a JVM with the javaagent, which ends with the demo.
 */
final class SupportVersion implements AutoCloseable {

  /** Where a version answers, and where its control endpoint is. */
  record Ports(int answers, int control) {

    static Ports free() throws IOException {
      return new Ports(freePort(), freePort());
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    String address() {
      return "http://127.0.0.1:" + answers;
    }

    String controlUrl() {
      return "http://127.0.0.1:" + control;
    }
  }

  /**
   * Where a version keeps its files.
   *
   * @param folder for its settings and its output
   * @param data its data folder
   * @param console whether it has a console
   */
  record Place(Path folder, Path data, boolean console) {}

  private static final int START_SECONDS = 60;
  private static final long POLL_MILLIS = 50;
  private static final int WARM_ROUNDS = 40;
  private static final int WARM_AT_ONCE = 8;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final Ports ports;
  private final Path log;
  private final Thread end;

  private SupportVersion(Process process, Ports ports, Path log) {
    this.process = process;
    this.ports = ports;
    this.log = log;
    this.end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
  }

  /**
   * Starts a version and waits until it answers.
   *
   * @param token file with the token of its control endpoint
   */
  static SupportVersion start(
      Home home, Place place, Ports ports, Path token, String model, String provider)
      throws IOException, InterruptedException {
    Files.createDirectories(place.folder());
    Path settings = place.folder().resolve("gild.yaml");
    Files.writeString(
        settings,
        """
        # The agent itself is unchanged.
        agents:
          - {match: "com.acme.support.SupportDesk#answer", name: support}
        control: {port: %d, token-file: "%s"}
        %s\
        """
            .formatted(ports.control(), token, place.console() ? "console: {port: 0}\n" : ""));
    Path log = place.folder().resolve("output.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + home.agentJar() + "=config=" + settings);
    command.add("-Dgild.data=" + place.data());
    command.addAll(List.of("-Xmx256m", "-cp", home.legacyJar().toString()));
    command.addAll(List.of("com.acme.support.SupportService", Integer.toString(ports.answers())));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("OPENAI_BASE_URL", provider);
    builder.environment().put("OPENAI_API_KEY", "none");
    builder.environment().put("SUPPORT_MODEL", model);
    SupportVersion version = new SupportVersion(builder.start(), ports, log);
    try {
      version.awaitAnswer();
      version.warmUp();
    } catch (IOException | InterruptedException | RuntimeException failure) {
      version.close();
      throw failure;
    }
    return version;
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    HttpRequest health =
        HttpRequest.newBuilder(URI.create(ports.address() + "/health")).GET().build();
    while (true) {
      try {
        CLIENT.send(health, HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("The agent does not answer: " + Files.readString(log), notYet);
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  /** A JVM that has just started is slower than one that runs for days. */
  private void warmUp() {
    HttpRequest request = request(ports.address(), "is my account frozen");
    for (int i = 0; i < WARM_ROUNDS; i++) {
      List<CompletableFuture<?>> round = new ArrayList<>();
      for (int k = 0; k < WARM_AT_ONCE; k++) {
        round.add(CLIENT.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
      }
      CompletableFuture.allOf(round.toArray(CompletableFuture[]::new)).join();
    }
  }

  /** Returns the request with a question. */
  static HttpRequest request(String address, String question) {
    String body = JsonMappers.MAPPER.createObjectNode().put("text", question).toString();
    return HttpRequest.newBuilder(URI.create(address + "/answer"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** Kills it, as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException ending) {
      // the demo is about to end, and so is the process
    }
  }
}
