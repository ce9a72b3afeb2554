package io.gild.traffic;

import io.gild.config.Experimental;
import io.gild.operations.RolloutException;
import io.gild.operations.spi.Share;
import io.gild.operations.spi.TrafficEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Shares by the weights of two servers in a backend of HAProxy, set through its runtime API. A
 * share takes effect at once, without a reload; a reload resets it, which {@link #current} reports.
 *
 * <p>A new version gets no share while its health check fails; its share can be taken away at any
 * time.
 *
 * <p>Weights are whole numbers of 256, so 1 % becomes 3 of 256, which is 1.17 %. A share between 0
 * and 100 % never becomes either of them. A version without a share is drained: it gets no new
 * request, and those that it serves end by themselves. In a backend with a cookie it goes into
 * maintenance instead, because HAProxy would still send it the callers that carry its cookie.
 *
 * <p>An exchange with HAProxy ends within 5 seconds. Not thread-safe.
 */
@Experimental
public final class HaproxyTraffic implements TrafficEngine {

  private static final int TOTAL = 256;

  /** These ignore changed weights of servers. */
  private static final Set<String> FIXED = Set.of("static-rr");

  /** These choose the server by a property of the request; most of them refuse new weights. */
  private static final Set<String> HASHES =
      Set.of("source", "uri", "url_param", "hdr", "rdp-cookie", "hash");

  private final HaproxySettings settings;
  private final HaproxySocket socket;

  /**
   * Creates an engine; does not connect.
   *
   * @param settings names the socket, the backend and its two servers
   * @param base folder of a relative path of the socket
   */
  public HaproxyTraffic(HaproxySettings settings, Path base) {
    this(settings, new HaproxySocket(settings.socket(), base, HaproxySocket.TIMEOUT));
  }

  HaproxyTraffic(HaproxySettings settings, HaproxySocket socket) {
    this.settings = settings;
    this.socket = socket;
  }

  @Override
  public String name() {
    return "haproxy " + settings.backend() + " of " + socket.name();
  }

  @Override
  public void check() throws RolloutException {
    HaproxyVersions found = ask(List.of());
    checkSocket(found);
    checkBackend(found);
    checkServer(found.stable());
    checkServer(found.canary());
    if (found.stable().isDown()) { // the new version may be started later
      throw unusable(found.stable(), "Start it, or correct its health check.");
    }
  }

  private void checkSocket(HaproxyVersions found) throws RolloutException {
    if (!found.level().equals("admin")) {
      throw notAdmin(found.level());
    }
    if (found.status().processes() > 1) {
      throw new RolloutException(
          ("HAProxy at %s runs %d processes, each with weights of its own, but a socket reaches one"
                  + " of them. Use threads: remove nbproc.")
              .formatted(socket.name(), found.status().processes()));
    }
  }

  private RolloutException notAdmin(String level) {
    return new RolloutException(
        ("The socket %s of HAProxy has the level %s, but changing weights needs the level admin."
                + " Write \"stats socket ... mode 600 level admin\" in its configuration.")
            .formatted(socket.name(), level));
  }

  private void checkBackend(HaproxyVersions found) throws RolloutException {
    String algorithm = found.backend().text("algo");
    if (FIXED.contains(algorithm)) {
      throw fixed(algorithm);
    }
    List<String> others = found.others();
    if (!others.isEmpty()) {
      throw new RolloutException(
          ("The backend \"%s\" also sends requests to %s, but a rollout has two versions. Keep only"
                  + " \"%s\" and \"%s\" in it, or mark the others as backup.")
              .formatted(
                  settings.backend(),
                  String.join(", ", others),
                  settings.stable(),
                  settings.canary()));
    }
  }

  private RolloutException fixed(String algorithm) {
    return new RolloutException(
        ("The backend \"%s\" uses \"balance %s\", whose weights cannot be changed while HAProxy"
                + " runs. Write \"balance roundrobin\", which has exact shares.")
            .formatted(settings.backend(), algorithm));
  }

  /** A version without a share may be in maintenance: {@link #set} does so, and it ends that. */
  private void checkServer(HaproxyServerLine server) throws RolloutException {
    if (server.isInMaintenance() && server.weight() > 0) {
      throw unusable(server, "End its maintenance first.");
    }
  }

  private RolloutException unusable(HaproxyServerLine server, String remedy) {
    return new RolloutException(
        "The server \"%s\" of backend \"%s\" is %s. %s"
            .formatted(server.server(), settings.backend(), described(server), remedy));
  }

  /** Returns the status, and why a health check failed. */
  static String described(HaproxyServerLine server) {
    String check = server.text("check_status") + " " + server.text("last_chk");
    return server.isDown() && !check.isBlank()
        ? server.status() + " (" + check.strip() + ")"
        : server.status();
  }

  @Override
  public Share set(int share) throws RolloutException {
    int weight = weightOf(share);
    HaproxyVersions before = ask(List.of());
    if (share > 0 && before.canary().isDown()) {
      throw unusable(before.canary(), "It gets no share before its health check passes.");
    }
    boolean cookie = before.hasCookie();
    List<String> commands = new ArrayList<>();
    // The side that gains comes first, so that there is no moment without a server.
    boolean canaryFirst = share >= Share.ALL / 2;
    commands.addAll(commands(canaryFirst, weight, cookie));
    commands.addAll(commands(!canaryFirst, weight, cookie));
    HaproxyVersions found = ask(commands);
    if (!found.status().before().isEmpty()) {
      throw refused(commands.get(0), found);
    }
    Share reached = shareOf(found, share);
    if (found.canary().effectiveWeight() != weight
        || found.stable().effectiveWeight() != TOTAL - weight) {
      throw new RolloutException(
          "HAProxy at %s accepted a share of %s for \"%s\", but is set to: %s"
              .formatted(socket.name(), percent(share), settings.canary(), reached.note()));
    }
    return reached;
  }

  private List<String> commands(boolean canary, int canaryWeight, boolean cookie) {
    int weight = canary ? canaryWeight : TOTAL - canaryWeight;
    String server = "set server " + settings.backend() + "/" + settings.server(canary);
    String without = cookie ? "maint" : "drain";
    return List.of(
        server + " weight " + weight, server + " state " + (weight == 0 ? without : "ready"));
  }

  /** Rounds to the nearest weight, but never to all or nothing. */
  private static int weightOf(int share) {
    if (share < 0 || share > Share.ALL) {
      throw new IllegalArgumentException("share must be 0 to 10000, but is " + share);
    }
    if (share == 0 || share == Share.ALL) {
      return share == 0 ? 0 : TOTAL;
    }
    int nearest = (share * TOTAL + Share.ALL / 2) / Share.ALL;
    return Math.max(1, Math.min(TOTAL - 1, nearest));
  }

  private RolloutException refused(String command, HaproxyVersions found) {
    String answer = found.status().before();
    if (answer.contains("Permission denied")) {
      return notAdmin(found.level());
    }
    if (answer.contains("static LB algorithm")) {
      return fixed(found.backend().text("algo"));
    }
    return new RolloutException(
        "HAProxy at %s did not carry out \"%s\" and the commands after it: %s"
            .formatted(socket.name(), command, answer.lines().distinct().toList()));
  }

  @Override
  public Share current(int wanted) throws RolloutException {
    return shareOf(ask(List.of()), wanted);
  }

  private Share shareOf(HaproxyVersions found, int wanted) {
    int canary = found.canary().effectiveWeight();
    int total = canary + found.stable().effectiveWeight();
    int achieved = total == 0 ? 0 : (canary * Share.ALL + total / 2) / total;
    return new Share(wanted, achieved, note(found, canary, total));
  }

  private String note(HaproxyVersions found, int canary, int total) {
    List<String> notes = new ArrayList<>();
    notes.add("weights " + canary + " of " + total);
    if (total == 0) {
      notes.add("neither version gets requests");
    }
    for (HaproxyServerLine server : List.of(found.stable(), found.canary())) {
      if (server.isDown()) {
        notes.add(server.server() + " is " + described(server));
      }
    }
    String algorithm = found.backend().text("algo");
    if (HASHES.contains(algorithm)) {
      notes.add("balance " + algorithm + " gives equal requests the same version");
    } else if (!algorithm.isEmpty() && !algorithm.equals("roundrobin")) {
      notes.add("balance " + algorithm + " does not keep shares exactly");
    }
    if (found.hasCookie()) {
      notes.add("callers with a cookie stay at their version");
    }
    if (found.backend().text("mode").equals("tcp")) {
      notes.add("mode tcp shares connections, not requests");
    }
    return String.join("; ", notes);
  }

  /** Returns the requests that are served or queued; a process that a reload replaced has more. */
  @Override
  public long running(boolean canary) throws RolloutException {
    HaproxyServerLine server = ask(List.of()).side(canary);
    return server.number("scur") + server.number("qcur");
  }

  private HaproxyVersions ask(List<String> before) throws RolloutException {
    List<String> commands = new ArrayList<>(before);
    commands.addAll(HaproxyStatus.COMMANDS);
    return HaproxyVersions.of(settings, socket.name(), socket.ask(commands));
  }

  private static String percent(int share) {
    return String.format(Locale.ROOT, "%.2f %%", share / 100.0);
  }
}
