package io.gild.testkit;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real NATS server with JetStream for a test: the program {@code nats-server} of this machine, on
 * a free loopback port. Where it is not installed, the test is skipped with the reason; if the
 * environment variable {@code CI} is {@code true}, the test fails.
 *
 * <pre>{@code
 * try (NatsServer nats = NatsServer.start(folder)) {
 *   ... nats.url() ...
 * }
 * }</pre>
 */
@Experimental
public final class NatsServer implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final String INFO = "INFO ";

  private final LocalServer server;

  private NatsServer(LocalServer server) {
    this.server = server;
  }

  /**
   * Starts a server with JetStream and waits until it answers.
   *
   * @param folder an empty folder for its files
   * @param options more options, such as {@code --auth secret}, each word by itself
   * @return the server
   */
  public static NatsServer start(Path folder, String... options) {
    Path program = LocalServer.program("nats-server", "apt-get install nats-server");
    return new NatsServer(
        LocalServer.start(
            folder,
            port -> command(program, folder, port, List.of(options)),
            NatsServer::hasJetStream));
  }

  private static List<String> command(Path program, Path folder, int port, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--addr", "127.0.0.1", "--port", port + "", "--jetstream"));
    command.addAll(List.of("--store_dir", folder.resolve("jetstream").toString()));
    command.addAll(options);
    return command;
  }

  /** Returns whether it greets its clients; it does so once it has read its streams. */
  private static boolean hasJetStream(int port) {
    try {
      return Boolean.TRUE.equals(information(port).get("jetstream"));
    } catch (IOException notYet) {
      return false;
    }
  }

  private static Map<?, ?> information(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String greeting =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      if (greeting != null
          && greeting.startsWith(INFO)
          && Json.read(greeting.substring(INFO.length())) instanceof Map<?, ?> fields) {
        return fields;
      }
      throw new IOException("Expected the greeting of a NATS server, but found " + greeting);
    }
  }

  /**
   * Reads what the server says about itself.
   *
   * @return the fields of its greeting, such as {@code version}
   * @throws IOException if it does not answer
   */
  public Map<?, ?> information() throws IOException {
    return information(port());
  }

  /**
   * Returns the port.
   *
   * @return a port of the loopback interface; the same after {@link #restart}
   */
  public int port() {
    return server.port();
  }

  /**
   * Returns the URL.
   *
   * @return {@code nats://127.0.0.1:port}
   */
  public String url() {
    return "nats://127.0.0.1:" + port();
  }

  /** Kills the server, as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    server.kill();
  }

  /** Starts the killed server again with its data, and waits until it answers. */
  public void restart() {
    server.start(() -> hasJetStream(port()));
  }

  /** Ends the server; its folder stays. */
  @Override
  public void close() {
    server.close();
  }
}
