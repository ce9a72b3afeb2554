package io.gild.traffic;

import io.gild.config.Experimental;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one HAProxy backend that are the two versions of a rollout.
 *
 * @param socket the runtime API: the path of a UNIX socket, or host and port such as {@code
 *     127.0.0.1:9999}; the one of {@code stats socket ... level admin} in HAProxy's configuration
 * @param backend name of the backend
 * @param stable name of the server that is the present version
 * @param canary name of the server that is the new version
 * @param calls where the calls of both processes can be read; {@code null} leaves latencies, costs
 *     and tokens unknown
 */
@Experimental
public record HaproxySettings(
    String socket, String backend, String stable, String canary, @Nullable CallFeedSettings calls) {

  /** HAProxy's own rule for names; it also keeps a name from ending a command. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]+");

  /** Checks the names. */
  public HaproxySettings {
    if (socket.isBlank()) {
      throw new IllegalArgumentException(
          "socket must be a path or host:port, such as /run/haproxy/gild.sock, but is empty");
    }
    requireName(backend, "backend");
    requireName(stable, "stable");
    requireName(canary, "canary");
    if (stable.equals(canary)) {
      throw new IllegalArgumentException(
          "canary must be another server than stable, but both are \"" + stable + "\"");
    }
  }

  private static void requireName(String name, String key) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          key + " must consist of letters, digits and -_.: alone, but is \"" + name + "\"");
    }
  }

  /** Returns the server that is a version. */
  String server(boolean isCanary) {
    return isCanary ? canary : stable;
  }
}
