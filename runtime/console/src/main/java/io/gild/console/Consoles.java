package io.gild.console;

import io.gild.config.Experimental;
import io.gild.core.spi.Controllable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The consoles of several JVMs, and recorded call logs, as one. JVMs of a data folder come and go
 * by themselves. Thread-safe.
 */
@Experimental
public final class Consoles implements AutoCloseable {

  private static final long LIST_NANOS = 2_000_000_000L;
  private static final int CLIENTS = 16;
  private static final int MOST_ENDED = 50;

  private final Path data;
  private final boolean all;
  private final List<ConsoleSource> named = new ArrayList<>();
  private final Map<String, RemoteSource> found = new LinkedHashMap<>();
  private final MergedSource merged;
  private @Nullable ConsoleServer server;
  private long listed;

  private Consoles(Path data, boolean all, List<? extends Controllable> ofFolder) {
    this.data = data;
    this.all = all;
    this.merged = new MergedSource(this::sources, new FolderControls(all ? ofFolder : List.of()));
    this.listed = System.nanoTime() - 2 * LIST_NANOS;
  }

  /**
   * Finds consoles.
   *
   * @param data the data folder, in which JVMs write where their consoles are
   * @param targets addresses of consoles, such as {@code http://127.0.0.1:4711/#token=...}, process
   *     ids, and files of recorded call logs; empty means all JVMs of the data folder
   * @return the consoles
   * @throws IOException if a target has no console or cannot be read
   */
  public static Consoles of(Path data, List<String> targets) throws IOException {
    return of(data, targets, List.of());
  }

  /**
   * Finds consoles, and shows what belongs to the data folder and to none of its JVMs.
   *
   * @param data the data folder, in which JVMs write where their consoles are
   * @param targets as in {@link #of(Path, List)}
   * @param ofFolder what else the data folder has, such as rollouts of other processes; it is left
   *     out if there are targets, cannot be operated, and of rollouts a JVM's own report wins
   * @return the consoles
   * @throws IOException if a target has no console or cannot be read
   */
  public static Consoles of(Path data, List<String> targets, List<? extends Controllable> ofFolder)
      throws IOException {
    Consoles consoles = new Consoles(data, targets.isEmpty(), ofFolder);
    for (String target : targets) {
      consoles.named.add(consoles.source(target));
    }
    return consoles;
  }

  /**
   * Returns whether a JVM has a console.
   *
   * @param data the data folder
   * @param pid its process id
   * @return {@code true} if the data folder has its file, and the JVM runs
   * @throws IOException if the data folder cannot be read
   */
  public static boolean hasConsole(Path data, long pid) throws IOException {
    return ConsoleFile.list(data).stream().anyMatch(entry -> entry.pid() == pid);
  }

  private ConsoleSource source(String target) throws IOException {
    if (target.matches("https?://.*")) {
      return remote(target);
    }
    Path file = Path.of(target);
    if (Files.isRegularFile(file)) {
      return new CallLogSource(file);
    }
    if (target.matches("\\d{1,18}")) {
      long pid = Long.parseLong(target);
      for (ConsoleFile.Entry entry : ConsoleFile.list(data)) {
        if (entry.pid() == pid) {
          return remote(entry);
        }
      }
      throw new IOException(
          "process "
              + target
              + " has no console in "
              + data.toAbsolutePath()
              + "; set console.port in its gild.yaml, or name its data folder with --data");
    }
    throw new IOException(
        "\"" + target + "\" is neither the address of a console, nor a process id, nor a file");
  }

  private static RemoteSource remote(String target) throws IOException {
    URI uri;
    try {
      uri = URI.create(target);
    } catch (IllegalArgumentException wrong) {
      throw new IOException("\"" + target + "\" is no address: " + wrong.getMessage(), wrong);
    }
    String fragment = uri.getFragment();
    String token = fragment != null && fragment.startsWith("token=") ? fragment.substring(6) : null;
    String base = uri.getScheme() + "://" + uri.getAuthority();
    RemoteSource remote =
        new RemoteSource(new ConsoleClient(base, token), uri.getAuthority(), base, 0);
    remote.connect();
    return remote;
  }

  private static RemoteSource remote(ConsoleFile.Entry entry) {
    return new RemoteSource(
        new ConsoleClient(entry.url(), entry.token()), entry.jvm(), entry.name(), entry.pid());
  }

  private synchronized List<ConsoleSource> sources() {
    if (!all) {
      return List.copyOf(named);
    }
    long now = System.nanoTime();
    if (now - listed > LIST_NANOS) {
      listed = now;
      try {
        for (ConsoleFile.Entry entry : ConsoleFile.list(data)) {
          found.computeIfAbsent(entry.url() + " " + entry.jvm(), absent -> remote(entry));
        }
      } catch (IOException unreadable) {
        // Those that are known stay.
      }
      forgetOldest();
    }
    return List.copyOf(found.values());
  }

  /** Keeps the JVMs that ended last. */
  private void forgetOldest() {
    long ended = found.values().stream().filter(source -> !source.isReachable()).count();
    Iterator<RemoteSource> oldestFirst = found.values().iterator();
    while (ended > MOST_ENDED && oldestFirst.hasNext()) {
      if (!oldestFirst.next().isReachable()) {
        oldestFirst.remove();
        ended--;
      }
    }
  }

  /**
   * Returns the state of all, as {@code /v1/state} does.
   *
   * @return a tree of maps, lists, texts and numbers
   */
  public Map<String, @Nullable Object> state() {
    return merged.state();
  }

  /**
   * Returns the newest calls, as {@code /v1/calls} does.
   *
   * @param agent name of the agent; empty for all
   * @param most how many calls at most; 1 or more
   * @return the calls, the oldest first
   * @throws IOException if a console cannot be asked
   */
  public List<Map<String, @Nullable Object>> newest(String agent, int most) throws IOException {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("limit", String.valueOf(most));
    query.put("agent", agent);
    List<Map<String, @Nullable Object>> calls =
        MergedSource.maps(merged.calls(new Query(query)).get("rows"));
    Collections.reverse(calls);
    return calls;
  }

  /**
   * Returns a reader of the calls that end from its first reading on.
   *
   * @param most how many calls a reading returns at most; more are left out
   * @return returns the calls that ended since the last reading, the oldest first
   */
  public Callable<List<Map<String, @Nullable Object>>> follow(int most) {
    ConsoleSource.Tail tail = merged.tail();
    return () -> tail.read(most).rows();
  }

  /**
   * Returns the tree of a call, as {@code /v1/calls/JVM/ID} does.
   *
   * @param jvm number of the JVM; empty for the first one that has the call
   * @param id number of the call
   * @return the tree, or {@code null} if no console has the call
   * @throws IOException if a console cannot be asked
   */
  public @Nullable Map<String, @Nullable Object> tree(String jvm, String id) throws IOException {
    for (String each : jvm.isEmpty() ? jvms() : List.of(jvm)) {
      Map<String, @Nullable Object> tree = merged.tree(each, id, Query.of(null));
      if (tree != null) {
        return tree;
      }
    }
    return null;
  }

  /**
   * Finds the calls of a trace that are inside of no other call of their JVM.
   *
   * @param trace a trace id, or its first 8 or more hexadecimal digits
   * @return the calls as {@code /v1/calls} has them, the oldest first; empty if there are none
   * @throws IOException if a console cannot be asked
   */
  public List<Map<String, @Nullable Object>> inTrace(String trace) throws IOException {
    List<Map<String, @Nullable Object>> calls =
        MergedSource.maps(merged.calls(new Query(Map.of("trace", trace))).get("rows"));
    Collections.reverse(calls);
    return calls;
  }

  /**
   * Returns the facts of one span, as {@code /v1/calls/JVM/ID/spans/SPAN} does.
   *
   * @param jvm number of the JVM
   * @param id number of the call
   * @param span number of the span
   * @return its facts, or {@code null} if no console has it
   * @throws IOException if a console cannot be asked
   */
  public @Nullable Map<String, @Nullable Object> span(String jvm, String id, String span)
      throws IOException {
    return merged.span(jvm, id, span);
  }

  private List<String> jvms() {
    List<String> jvms = new ArrayList<>();
    for (Map<String, @Nullable Object> jvm : MergedSource.maps(merged.state().get("jvms"))) {
      jvms.add(String.valueOf(jvm.get("jvm")));
    }
    return jvms;
  }

  /**
   * Serves the page for all of them on the loopback address, until this object is closed.
   *
   * @param port the port; 0 for any free one
   * @return the address of the page
   * @throws IOException if the port is taken
   */
  public String serve(int port) throws IOException {
    ConsoleServer started =
        ConsoleServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            CLIENTS,
            ConsoleFile.randomToken(),
            true,
            bound -> clients -> merged);
    server = started;
    return started.url();
  }

  @Override
  public void close() {
    ConsoleServer started = server;
    if (started == null) {
      merged.close();
    } else {
      started.close();
    }
  }
}
