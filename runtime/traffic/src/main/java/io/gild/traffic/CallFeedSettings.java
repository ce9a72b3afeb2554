package io.gild.traffic;

import io.gild.config.Experimental;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the calls of the two processes of a rollout can be read.
 *
 * @param stable URL of the control endpoint of the present version, such as {@code
 *     http://127.0.0.1:7070}
 * @param canary the same of the new version
 * @param tokenFile file with the token of both endpoints; {@code null} sends none
 * @param agent name of the agent whose calls count; {@code null} for those of all agents
 */
@Experimental
public record CallFeedSettings(
    String stable, String canary, @Nullable Path tokenFile, @Nullable String agent) {

  /** Checks the URLs. */
  public CallFeedSettings {
    requireUrl(stable, "stable");
    requireUrl(canary, "canary");
    if (stable.equals(canary)) {
      throw new IllegalArgumentException(
          "canary must be the URL of another process than stable, but both are " + stable);
    }
  }

  private static void requireUrl(String url, String key) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && ("http".equals(uri.getScheme()) || isTls(uri))) {
        return;
      }
    } catch (IllegalArgumentException notOne) {
      // reported below
    }
    throw new IllegalArgumentException(
        key + " must be a URL such as http://127.0.0.1:7070, but is \"" + url + "\"");
  }

  private static boolean isTls(URI uri) {
    return "https".equals(uri.getScheme());
  }
}
