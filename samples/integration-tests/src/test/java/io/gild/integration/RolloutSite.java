package io.gild.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gild.testkit.HaproxyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** HAProxy in front of two versions, callers, and {@code gild rollout} as a command. */
final class RolloutSite implements AutoCloseable {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Path EXAMPLE = Path.of("../../config/deploy/haproxy/haproxy.cfg");
  private static final int WHOLE = 256;

  private final Path folder;
  private final HaproxyServer proxy;
  private final List<Thread> callers = new ArrayList<>();
  private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean ended;

  /** Starts the proxy of the example that is shipped, with faster checks. */
  RolloutSite(Path folder, int stable, int canary) throws IOException {
    this.folder = folder;
    String example = Files.readString(EXAMPLE);
    this.proxy =
        HaproxyServer.start(
            folder,
            example
                    .substring(example.indexOf("\nbackend agents\n") + 1)
                    .replaceAll("(inter|fastinter|downinter) \\w+", "$1 100ms")
                    .replace("127.0.0.1:8081", "127.0.0.1:" + stable)
                    .replace("127.0.0.1:8082", "127.0.0.1:" + canary)
                + "\n  timeout check 10s\n  http-after-response set-header x-served-by %s\n");
  }

  /** Starts an agent in this JVM. */
  static HttpServer agent() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(work -> {
          Thread thread = new Thread(work, "agent");
          thread.setDaemon(true);
          return thread;
        }));
    server.createContext("/", RolloutSite::answer);
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body = "answer".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Starts callers that send requests until the site is closed. */
  void call(int number, Duration pause) {
    for (int i = 0; i < number; i++) {
      Thread caller = new Thread(() -> call(pause), "caller-" + i);
      callers.add(caller);
      caller.start();
    }
  }

  private void call(Duration pause) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(proxy.url() + "/answer"))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"is my account frozen\"}"))
            .build();
    while (!ended) {
      try {
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        String server = response.headers().firstValue("x-served-by").orElse("none");
        if (response.statusCode() == 200) {
          answers.computeIfAbsent(server, absent -> new AtomicLong()).incrementAndGet();
        } else {
          failures.add(server + ": " + response.statusCode() + " " + response.body());
        }
        Thread.sleep(pause.toMillis());
      } catch (IOException failure) {
        failures.add(failure.toString());
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }

  long answered(String server) {
    AtomicLong number = answers.get(server);
    return number == null ? 0 : number.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  String url() {
    return proxy.url();
  }

  Path socket() {
    return proxy.socket();
  }

  Path data() {
    return folder.resolve("data");
  }

  void settings(String yaml) throws IOException {
    Files.writeString(folder.resolve("gild.yaml"), yaml);
  }

  /** Returns the new version's share in hundredths of a percent, as the proxy has it. */
  int share() throws IOException {
    for (String line : proxy.command("show stat agents 4 -1").lines().toList()) {
      String[] fields = line.split(",", -1);
      if (fields[1].equals("canary")) {
        // A drained server reports its weight beside the state.
        int weight = fields[17].startsWith("DRAIN") ? 0 : Integer.parseInt(fields[18]);
        return (int) Math.round(weight * 10_000.0 / WHOLE);
      }
    }
    throw new IllegalStateException("no server canary: " + proxy.command("show stat"));
  }

  /** Starts a command of {@code gild rollout}; what it prints is in a file of that name. */
  Process gild(String output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Jdk.own().java(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-jar",
            System.getProperty("gild.cli.jar"),
            "rollout"));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("--settings", folder.resolve("gild.yaml").toString(), "--data", data().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(output).toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  String printed(String output) throws IOException {
    return Files.readString(folder.resolve(output));
  }

  @Override
  public void close() {
    ended = true;
    for (Thread caller : callers) {
      try {
        caller.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    proxy.close();
  }
}
