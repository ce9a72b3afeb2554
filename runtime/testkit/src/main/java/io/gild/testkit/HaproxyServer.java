package io.gild.testkit;

import io.gild.config.Experimental;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real HAProxy for a test: the program {@code haproxy} of this machine, with a frontend on a free
 * loopback port and a runtime API that only its owner can use. Where it is not installed, the test
 * is skipped with the reason; if the environment variable {@code CI} is {@code true}, the test
 * fails.
 *
 * <pre>{@code
 * String backend = """
 *     backend agents
 *       balance roundrobin
 *       server stable 127.0.0.1:8081 weight 256
 *       server canary 127.0.0.1:8082 weight 0
 *     """;
 * try (HaproxyServer proxy = HaproxyServer.start(folder, backend)) {
 *   ... proxy.url() ... proxy.socket() ...
 * }
 * }</pre>
 */
@Experimental
public final class HaproxyServer implements AutoCloseable {

  private static final Duration RELOAD = Duration.ofSeconds(30);
  private static final Duration RESEND = Duration.ofSeconds(1);
  private static final int TURNS = 20;
  private static final String RELOADING = "Reloading";
  private static final long POLL_MILLIS = 5;
  private static final Pattern BACKEND = Pattern.compile("(?m)^\\s*backend +(\\S+)");
  private static final Pattern PROCESS = Pattern.compile("(?m)^Pid: *(\\d+)");

  private final Path folder;
  private final LocalServer server;

  private HaproxyServer(Path folder, LocalServer server) {
    this.folder = folder;
    this.server = server;
  }

  /**
   * Starts a proxy and waits until its runtime API answers.
   *
   * @param folder an empty folder for its files, whose path is short enough for a UNIX socket
   * @param backends sections of the configuration; the frontend uses the first of the backends
   * @return the proxy
   */
  public static HaproxyServer start(Path folder, String backends) {
    return start(folder, backends, "admin");
  }

  /**
   * Starts a proxy with a runtime API that may do less.
   *
   * @param folder an empty folder for its files, whose path is short enough for a UNIX socket
   * @param backends sections of the configuration; the frontend uses the first of the backends
   * @param level {@code admin}, {@code operator} or {@code user}
   * @return the proxy
   */
  public static HaproxyServer start(Path folder, String backends, String level) {
    Path program = program();
    Path socket = socket(folder);
    LocalServer server =
        LocalServer.start(
            folder,
            port -> command(program, folder, port, configuration(folder, port, backends, level)),
            port -> process(socket) > 0);
    return new HaproxyServer(folder, server);
  }

  /**
   * Returns the program; without it, the test is skipped, but fails in CI.
   *
   * @return path of {@code haproxy}
   */
  public static Path program() {
    return LocalServer.program("haproxy", "apt-get install haproxy");
  }

  /** Returns the command, with a master process that reloads; a test's own changes are kept. */
  private static List<String> command(Path program, Path folder, int port, String configuration) {
    Path file = file(folder);
    try {
      if (Files.notExists(file) || !Files.readString(file).contains(":" + port + "\n")) {
        Files.writeString(file, configuration);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return List.of(program.toString(), "-W", "-db", "-f", file.toString());
  }

  private static String configuration(Path folder, int port, String backends, String level) {
    Matcher first = BACKEND.matcher(backends);
    if (!first.find()) {
      throw new IllegalArgumentException("backends must have a section such as \"backend agents\"");
    }
    return """
    global
      stats socket %s mode 600 level %s
    defaults
      mode http
      timeout connect 2s
      timeout client 30s
      timeout server 30s
    frontend front
      bind 127.0.0.1:%d
      default_backend %s
    %s
    """
        .formatted(socket(folder), level, port, first.group(1), backends.stripIndent());
  }

  private static Path file(Path folder) {
    return folder.resolve("haproxy.cfg");
  }

  private static Path socket(Path folder) {
    return folder.resolve("api.sock");
  }

  /** Returns the pid of the process that answers; 0 if none does. */
  private static long process(Path socket) {
    try {
      Matcher process = PROCESS.matcher(answer(socket, "show info"));
      return process.find() ? Long.parseLong(process.group(1)) : 0;
    } catch (IOException notYet) {
      return 0;
    }
  }

  private static String answer(Path socket, String commands) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(StandardCharsets.UTF_8.encode(commands + "\n"));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      while (channel.read(buffer) >= 0) {
        all.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
      return all.toString(StandardCharsets.UTF_8);
    }
  }

  /**
   * Sends commands to the runtime API.
   *
   * @param commands such as {@code show stat}, separated by semicolons
   * @return what they answer
   * @throws IOException if there is no answer
   */
  public String command(String commands) throws IOException {
    return answer(socket(), commands);
  }

  /**
   * Reloads the configuration: a new process takes over, with the weights of the file, and the old
   * one ends after its last request. Waits for the new one.
   */
  public void reload() {
    long before = process(socket());
    String printed = server.printed();
    long deadline = System.nanoTime() + RELOAD.toNanos();
    long nextSignal = System.nanoTime();
    // Both processes answer for a moment, in turns.
    for (int answers = 0; answers < TURNS; answers = isNew(before) ? answers + 1 : 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("haproxy did not reload: " + server.printed());
      }
      // A master process that has just started loses signals.
      boolean begun = server.printed().indexOf(RELOADING, printed.length()) >= 0;
      if (!begun && System.nanoTime() >= nextSignal) {
        server.signal("USR2");
        nextSignal += RESEND.toNanos();
      }
      pause();
    }
  }

  private boolean isNew(long before) {
    long now = process(socket());
    return now != before && now > 0;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * Returns the configuration, which a test may change before {@link #reload}.
   *
   * @return its file
   */
  public Path configuration() {
    return file(folder);
  }

  /**
   * Returns the socket of the runtime API.
   *
   * @return its path
   */
  public Path socket() {
    return socket(folder);
  }

  /**
   * Returns the port of the frontend.
   *
   * @return a port of the loopback interface; the same after {@link #restart}
   */
  public int port() {
    return server.port();
  }

  /**
   * Returns the URL of the frontend.
   *
   * @return {@code http://127.0.0.1:port}
   */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Kills all its processes, as {@code kill -9} does, and waits until they are gone. */
  public void kill() {
    server.kill();
  }

  /** Starts the killed proxy again, and waits until it answers. */
  public void restart() {
    server.start(() -> process(socket()) > 0);
  }

  /** Ends the proxy; its folder stays. */
  @Override
  public void close() {
    server.terminate();
    server.close();
  }
}
