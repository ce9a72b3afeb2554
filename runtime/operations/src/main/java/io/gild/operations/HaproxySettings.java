package io.gild.operations;

import io.gild.config.Experimental;

/**
 * Where HAProxy's two servers are.
 *
 * @param socket path of the socket of its runtime interface, or {@code host:port}
 * @param backend name of the backend
 * @param stable name of the server that is the present version
 * @param canary name of the server that is the new version
 */
@Experimental
public record HaproxySettings(String socket, String backend, String stable, String canary) {}
