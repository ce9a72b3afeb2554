package io.gild.operations;

import io.gild.config.Experimental;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the two services of a route of Kubernetes' Gateway API are.
 *
 * @param api address of the API server; {@code null} for the cluster that this process runs in
 * @param tokenFile file with the token; {@code null} for that of the service account
 * @param caFile file with the certificates of the API server; {@code null} for that of the service
 *     account
 * @param namespace namespace of the route; {@code null} for that of the service account
 * @param route name of the {@code HTTPRoute}
 * @param stable name of the service that is the present version
 * @param canary name of the service that is the new version
 */
@Experimental
public record KubernetesSettings(
    @Nullable String api,
    @Nullable Path tokenFile,
    @Nullable Path caFile,
    @Nullable String namespace,
    String route,
    String stable,
    String canary) {}
