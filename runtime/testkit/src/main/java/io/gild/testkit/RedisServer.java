package io.gild.testkit;

import io.gild.config.Experimental;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Redis for a test: the program {@code redis-server} of this machine, on a free loopback
 * port. Where it is not installed, the test is skipped with the reason; if the environment variable
 * {@code CI} is {@code true}, the test fails.
 *
 * <pre>{@code
 * try (RedisServer redis = RedisServer.start(folder)) {
 *   ... redis.url() ...
 * }
 * }</pre>
 */
@Experimental
public final class RedisServer implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final long POLL_MILLIS = 10;

  private final LocalServer server;

  private RedisServer(LocalServer server) {
    this.server = server;
  }

  /**
   * Starts a server and waits until it answers. Every write is on the disk before it is
   * acknowledged ({@code appendfsync always}), so that {@link #kill} loses none.
   *
   * @param folder an empty folder for its files
   * @param options more options, such as {@code --maxmemory 10mb}, each word by itself
   * @return the server
   */
  public static RedisServer start(Path folder, String... options) {
    Path program = LocalServer.program("redis-server", "apt-get install redis-server");
    return new RedisServer(
        LocalServer.start(
            folder, port -> command(program, port, List.of(options)), RedisServer::answers));
  }

  /**
   * Starts a cluster of one node, which rejects commands on keys of different slots, as each node
   * of a larger cluster does, and waits until it serves all slots.
   *
   * @param folder an empty folder for its files
   * @param options more options, each word by itself
   * @return the node
   * @throws IOException if the node does not answer
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public static RedisServer startCluster(Path folder, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes"));
    all.addAll(List.of(options));
    RedisServer node = start(folder, all.toArray(String[]::new));
    boolean ready = false;
    try {
      node.command("CLUSTER ADDSLOTSRANGE 0 16383");
      while (!node.command("CLUSTER INFO").contains("cluster_state:ok")) {
        Thread.sleep(POLL_MILLIS);
      }
      ready = true;
      return node;
    } finally {
      if (!ready) {
        node.close();
      }
    }
  }

  private static List<String> command(Path program, int port, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--bind", "127.0.0.1", "--port", port + "", "--save", ""));
    command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
    command.addAll(options);
    return command;
  }

  /** Returns whether it answers, and has read its data. */
  private static boolean answers(int port) {
    try {
      String answer = answer(port, "PING");
      return answer.equals("+PONG") || answer.startsWith("-NOAUTH");
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String answer(int port, String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String line = line(in);
      if (!line.startsWith("$") || line.startsWith("$-")) {
        return line;
      }
      byte[] bulk = in.readNBytes(Integer.parseInt(line.substring(1)));
      return new String(bulk, StandardCharsets.UTF_8);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  /**
   * Sends a command on a connection of its own.
   *
   * @param words the command, such as {@code CLIENT PAUSE 60000}
   * @return the text of a bulk answer; of others the first line, such as {@code +OK}
   * @throws IOException if there is no answer
   */
  public String command(String words) throws IOException {
    return answer(port(), words);
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
   * @return {@code redis://127.0.0.1:port}
   */
  public String url() {
    return "redis://127.0.0.1:" + port();
  }

  /** Kills the server, as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    server.kill();
  }

  /** Starts the killed server again with its data, and waits until it answers. */
  public void restart() {
    server.start(() -> answers(port()));
  }

  /** Ends the server; its folder stays. */
  @Override
  public void close() {
    server.close();
  }
}
