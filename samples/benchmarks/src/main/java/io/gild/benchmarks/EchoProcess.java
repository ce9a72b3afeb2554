package io.gild.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** A version of an agent in a process that can be killed; it ends with its standard input. */
final class EchoProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private EchoProcess(Process process) throws IOException {
    this.process = process;
    BufferedReader printed = process.inputReader();
    this.port = Integer.parseInt(printed.readLine());
  }

  /**
   * Starts a version.
   *
   * @param port of the loopback interface; 0 for a free one
   */
  static EchoProcess start(int port) throws IOException {
    return new EchoProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EchoProcess.class.getName(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
            0);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext("/", EchoProcess::answer);
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // runs until the process that started it ends
    }
    server.stop(0);
    System.exit(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body = "answer".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  int port() {
    return port;
  }

  /** Kills it, as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
