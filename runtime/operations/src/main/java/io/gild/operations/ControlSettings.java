package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The control endpoint of a process, on the loopback address alone.
 *
 * @param port its port, 0 for any free one; {@code null} for no endpoint
 * @param tokenFile file with the token that callers must send; {@code null} for a new random one
 * @param recentCalls how many of the last calls are kept for readers; 1 or more
 */
@Experimental
public record ControlSettings(@Nullable Integer port, @Nullable Path tokenFile, int recentCalls) {

  /** The section {@code control}. */
  public static final Section<ControlSettings> SECTION =
      Section.of("control", ControlSettings.class)
          .optional(ControlSettings.class, "port", "token-file");

  private static final int HIGHEST_PORT = 65_535;

  /** Checks the values. */
  public ControlSettings {
    if (port != null) {
      Require.between(0, HIGHEST_PORT, port, "port");
    }
    Require.atLeast(1, recentCalls, "recent-calls");
  }
}
