package io.gild.operations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.core.GildLog;
import io.gild.core.JdkHttpServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The control endpoint of a process: its health, its recent calls and its rollouts. It listens on
 * the loopback address alone, and everything but its health needs the token. A file in the data
 * folder that only its owner can read holds port and token.
 */
final class ControlServer implements AutoCloseable {

  private static final int TOKEN_BYTES = 24;
  private static final int THREADS = 2;
  private static final String BEARER = "Bearer ";
  private static final int UNAUTHORIZED = 401;
  private static final int FAILED = 500;

  private final HttpServer server;
  private final ExecutorService threads;
  private final byte[] token;
  private final Path file;
  private final ControlRoutes routes;

  private ControlServer(
      HttpServer server, ExecutorService threads, String token, Path file, ControlRoutes routes) {
    this.server = server;
    this.threads = threads;
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.file = file;
    this.routes = routes;
  }

  /**
   * Starts the endpoint.
   *
   * @param data the data folder
   * @throws IOException if the port is taken, or a file cannot be read or written
   */
  static ControlServer start(ControlSettings settings, int port, Path data, ControlRoutes routes)
      throws IOException {
    JdkHttpServers.prepare();
    Path tokenFile = settings.tokenFile();
    String token = tokenFile == null ? randomToken() : Files.readString(tokenFile).strip();
    if (token.isEmpty()) {
      throw new IOException(tokenFile + " must hold a token, but is empty");
    }
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(null, work, "gild-control", 0, false);
              thread.setDaemon(true);
              return thread;
            });
    http.setExecutor(threads);
    Path file = ownFile(data.resolve("control"), http.getAddress().getPort());
    ControlServer control = new ControlServer(http, threads, token, file, routes);
    http.createContext("/", control::answer);
    JdkHttpServers.startOnDaemon(http, "gild-control");
    control.describe(token);
    return control;
  }

  /** Returns the file of this endpoint; a second one in this process has its port in the name. */
  private static Path ownFile(Path folder, int port) throws IOException {
    PrivateFiles.createDirectories(folder);
    forgetEnded(folder);
    long pid = ProcessHandle.current().pid();
    Path usual = folder.resolve(pid + ".json");
    return Files.exists(usual) ? folder.resolve(pid + "-" + port + ".json") : usual;
  }

  /** Deletes what processes left that were killed, also one that had this process's number. */
  private static void forgetEnded(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        String pid = String.valueOf(file.getFileName()).replaceFirst("(-\\d+)?\\.json$", "");
        if (!pid.matches("\\d{1,18}") || isWriter(Long.parseLong(pid), file)) {
          continue;
        }
        Files.deleteIfExists(file);
      }
    }
  }

  /** Returns whether the process runs and can have written the file: it is older. */
  private static boolean isWriter(long pid, Path file) throws IOException {
    Instant written = Files.getLastModifiedTime(file).toInstant();
    ProcessHandle process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null);
    return process != null
        && process
            .info()
            .startInstant()
            .map(started -> !started.isAfter(written.plusSeconds(1)))
            .orElse(true);
  }

  private static String randomToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void describe(String plainToken) throws IOException {
    Map<String, @Nullable Object> description = new LinkedHashMap<>();
    description.put("pid", ProcessHandle.current().pid());
    description.put("url", url());
    description.put("token", plainToken);
    description.put("since", Instant.now().toString());
    PrivateFiles.write(file, Json.write(description));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      ControlRoutes.Answer answer;
      String path = exchange.getRequestURI().getPath();
      if (!path.equals("/v1/health") && !isAuthorized(exchange)) {
        answer = ControlRoutes.Answer.problem(UNAUTHORIZED, "the token is missing or wrong");
      } else {
        answer = answerOrFail(exchange, path);
      }
      byte[] body = Json.write(answer.body()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private ControlRoutes.Answer answerOrFail(HttpExchange exchange, String path) {
    try {
      return routes.answer(exchange, path);
    } catch (IOException | RuntimeException fault) {
      GildLog.faultOnce("The control endpoint, at " + path, fault);
      return ControlRoutes.Answer.problem(FAILED, String.valueOf(fault.getMessage()));
    }
  }

  private boolean isAuthorized(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    return given != null
        && given.startsWith(BEARER)
        && MessageDigest.isEqual(
            given.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8), token);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      Files.deleteIfExists(file);
    } catch (IOException leftBehind) {
      GildLog.faultOnce("Deleting " + file, leftBehind);
    }
  }
}
