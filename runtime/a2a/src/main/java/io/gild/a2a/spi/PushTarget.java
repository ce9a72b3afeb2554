package io.gild.a2a.spi;

import io.gild.a2a.A2aPushConfig;
import io.gild.a2a.A2aVersion;
import io.gild.config.Experimental;

/**
 * Where the events of a task are pushed to, and in which version.
 *
 * @param config the configuration, with its id and task
 * @param version the version of the client that made it
 */
@Experimental
public record PushTarget(A2aPushConfig config, A2aVersion version) {}
