package io.gild.traffic;

import io.gild.operations.RolloutException;
import java.util.List;

/**
 * The two servers of a rollout as HAProxy reports them at one moment.
 *
 * @param status all that was reported
 * @param level what the socket may do
 * @param backend the backend
 * @param stable the server of the present version
 * @param canary the server of the new version
 */
record HaproxyVersions(
    HaproxyStatus status,
    String level,
    HaproxyServerLine backend,
    HaproxyServerLine stable,
    HaproxyServerLine canary) {

  /** Finds the servers in an answer. */
  static HaproxyVersions of(HaproxySettings settings, String socket, HaproxySocket.Answer answer)
      throws RolloutException {
    HaproxyStatus status = HaproxyStatus.of(answer.text(), socket);
    HaproxyServerLine backend = backend(status, settings.backend(), socket);
    return new HaproxyVersions(
        status,
        answer.level(),
        backend,
        server(status, backend.backend(), settings.stable(), socket),
        server(status, backend.backend(), settings.canary(), socket));
  }

  private static HaproxyServerLine backend(HaproxyStatus status, String name, String socket)
      throws RolloutException {
    List<HaproxyServerLine> all =
        status.lines().stream().filter(HaproxyServerLine::isBackend).toList();
    for (HaproxyServerLine line : all) {
      if (line.backend().equals(name)) {
        return line;
      }
    }
    throw new RolloutException(
        "HAProxy at %s has no backend \"%s\". %s"
            .formatted(
                socket,
                name,
                Listed.instead(name, all.stream().map(HaproxyServerLine::backend).toList())));
  }

  private static HaproxyServerLine server(
      HaproxyStatus status, String backend, String name, String socket) throws RolloutException {
    List<HaproxyServerLine> all = servers(status, backend);
    for (HaproxyServerLine line : all) {
      if (line.server().equals(name)) {
        return line;
      }
    }
    throw new RolloutException(
        "The backend \"%s\" of HAProxy at %s has no server \"%s\". %s"
            .formatted(
                backend,
                socket,
                name,
                Listed.instead(name, all.stream().map(HaproxyServerLine::server).toList())));
  }

  private static List<HaproxyServerLine> servers(HaproxyStatus status, String backend) {
    return status.lines().stream()
        .filter(line -> line.backend().equals(backend) && !line.isBackend())
        .toList();
  }

  HaproxyServerLine side(boolean isCanary) {
    return isCanary ? canary : stable;
  }

  /** Returns servers that take traffic too, so that shares of two versions do not add up. */
  List<String> others() {
    return servers(status, backend.backend()).stream()
        .filter(line -> !line.server().equals(stable.server()))
        .filter(line -> !line.server().equals(canary.server()))
        .filter(line -> !line.isBackup() && line.effectiveWeight() > 0)
        .map(HaproxyServerLine::server)
        .toList();
  }

  /** Returns whether a caller's cookie chooses its server, not the weights. */
  boolean hasCookie() {
    return !backend.text("cookie").isEmpty();
  }
}
