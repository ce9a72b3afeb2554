package io.gild.traffic;

import io.gild.config.Experimental;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The services of one {@code HTTPRoute} of Kubernetes' Gateway API that are the two versions of a
 * rollout.
 *
 * @param route name of the route
 * @param namespace namespace of the route; {@code null} means that of this pod, or {@code default}
 * @param stable name of the service that is the present version
 * @param canary name of the service that is the new version
 * @param url URL of the API server, such as {@code https://10.0.0.1:6443}; {@code null} means the
 *     cluster in which this process runs
 * @param tokenFile file with the token, read again for each request; {@code null} means that of the
 *     pod's service account
 * @param caFile file with the certificates that the API server's is checked with, as PEM; {@code
 *     null} means that of the pod's service account, or with a URL those of the JVM
 */
@Experimental
public record GatewaySettings(
    String route,
    @Nullable String namespace,
    String stable,
    String canary,
    @Nullable String url,
    @Nullable Path tokenFile,
    @Nullable Path caFile) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  /** Checks the names. */
  public GatewaySettings {
    requireName(route, "route");
    requireName(stable, "stable");
    requireName(canary, "canary");
    if (namespace != null) {
      requireName(namespace, "namespace");
    }
    if (stable.equals(canary)) {
      throw new IllegalArgumentException(
          "canary must be another service than stable, but both are \"" + stable + "\"");
    }
  }

  private static void requireName(String name, String key) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          key
              + " must be a name of Kubernetes, of lower-case letters, digits, - and ., but is \""
              + name
              + "\"");
    }
  }
}
