package io.gild.traffic;

import io.gild.operations.RolloutException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The runtime API of HAProxy, at a UNIX socket or a TCP port. Each exchange has a connection of its
 * own, so that one process answers all commands of the exchange even while HAProxy reloads.
 */
final class HaproxySocket {

  /** A controller asks at most twice in a row, and waits no longer than this each time. */
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final int MOST_BYTES = 64 << 20;
  private static final Pattern PREFIX = Pattern.compile("^(unix|ipv4|ipv6)@");
  private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?([^/]*?)]?:(\\d{1,5})");

  /** The last command of each exchange; an answer without its answer is incomplete. */
  private static final String LEVEL = "show cli level";

  private static final Set<String> LEVELS = Set.of("admin", "operator", "user");

  private final String name;
  private final Path path;
  private final String host;
  private final int port;
  private final Duration timeout;

  /**
   * Creates a client; does not connect.
   *
   * @param socket a path, or host and port; HAProxy's prefixes {@code unix@} and {@code ipv4@} are
   *     allowed
   * @param base folder of a relative path
   * @param timeout longest duration of an exchange
   */
  HaproxySocket(String socket, Path base, Duration timeout) {
    String address = PREFIX.matcher(socket).replaceFirst("");
    Matcher tcp = HOST_AND_PORT.matcher(address);
    boolean isTcp = tcp.matches() && Integer.parseInt(tcp.group(2)) <= 0xffff;
    this.host = isTcp ? tcp.group(1) : "";
    this.port = isTcp ? Integer.parseInt(tcp.group(2)) : 0;
    this.path = isTcp ? base : base.resolve(address).normalize();
    this.name = isTcp ? address : path.toString();
    this.timeout = timeout;
  }

  /** Returns the path, or host and port. */
  String name() {
    return name;
  }

  /**
   * The answer to the commands of one exchange.
   *
   * @param text what they answered, in order
   * @param level what this socket may do: {@code admin}, {@code operator} or {@code user}
   */
  record Answer(String text, String level) {}

  /**
   * Sends commands, which one process answers.
   *
   * @throws RolloutException if there is no complete answer; the commands may have been carried out
   */
  Answer ask(List<String> commands) throws RolloutException {
    String text = exchange(String.join("; ", commands) + "; " + LEVEL + "\n").stripTrailing();
    int last = text.lastIndexOf('\n') + 1;
    String level = text.substring(last);
    if (!LEVELS.contains(level)) {
      throw new RolloutException(
          ("The socket %s of HAProxy gave an incomplete answer of %d characters to \"%s\"."
                  + " Expected one that ends with the level of the socket; HAProxy may be ending.")
              .formatted(name, text.length(), commands.get(0)));
    }
    return new Answer(text.substring(0, last), level);
  }

  private String exchange(String request) throws RolloutException {
    try {
      return exchange(address(), request);
    } catch (SocketTimeoutException slow) {
      throw new RolloutException(
          "The socket %s of HAProxy did not answer within %s; the proxy may be overloaded or stopped."
              .formatted(name, timeout),
          slow);
    } catch (ClosedByInterruptException | InterruptedIOException interrupted) {
      Thread.currentThread().interrupt();
      throw new RolloutException("Interrupted while asking HAProxy at " + name, interrupted);
    } catch (IOException failure) {
      throw new RolloutException(
          "The socket %s of HAProxy cannot be used: %s".formatted(name, reason(failure)), failure);
    }
  }

  private SocketAddress address() throws IOException {
    if (host.isEmpty()) {
      return UnixDomainSocketAddress.of(path);
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("the host \"" + host + "\" is unknown");
    }
    return address;
  }

  /** Returns what to do about a failure to connect or to read. */
  private String reason(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (host.isEmpty() && Files.notExists(path)) {
      return "there is no such file. Start HAProxy with \"stats socket "
          + path
          + " mode 600 level admin\" in its global section.";
    }
    if (message.contains("Permission denied")) {
      return "permission denied. Run this process as the user of the socket, or set user, group and"
          + " mode of the \"stats socket\" in HAProxy's configuration.";
    }
    if (message.contains("refused")) {
      return "no process listens there. HAProxy has ended, or its \"stats socket\" is another one.";
    }
    return message;
  }

  private String exchange(SocketAddress address, String request) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (SocketChannel channel = open(address);
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, 0);
      if (!channel.connect(address)) {
        await(key, SelectionKey.OP_CONNECT, deadline);
        channel.finishConnect();
      }
      ByteBuffer out = StandardCharsets.UTF_8.encode(request);
      while (out.hasRemaining()) {
        if (channel.write(out) == 0) {
          await(key, SelectionKey.OP_WRITE, deadline);
        }
      }
      return readAll(channel, key, deadline);
    }
  }

  private static SocketChannel open(SocketAddress address) throws IOException {
    return address instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
  }

  private static String readAll(SocketChannel channel, SelectionKey key, long deadline)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer)) {
      if (read == 0) {
        await(key, SelectionKey.OP_READ, deadline);
      }
      all.write(buffer.array(), 0, buffer.position());
      buffer.clear();
      if (all.size() > MOST_BYTES) {
        throw new IOException("its answer is longer than " + MOST_BYTES + " bytes");
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new SocketTimeoutException();
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static void await(SelectionKey key, int operation, long deadline) throws IOException {
    key.interestOps(operation);
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0 || key.selector().select(left) == 0) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException();
      }
      throw new SocketTimeoutException();
    }
    key.selector().selectedKeys().clear();
  }
}
