package io.gild.coordination;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How messages are delivered.
 *
 * @param engine {@code in-process}, {@code folder}, or the name of an engine that is on the class
 *     path, such as {@code nats}
 * @param folder where the folder is; {@code null} for {@code broker} in the folder of all data
 * @param limits what the engine holds at most
 * @param redelivery when a message is delivered again, unless its subscription sets that itself
 * @param publishTimeout how long a sender waits for room; zero or more
 * @param closeTimeout how long running handlers are waited for at the end; zero or more
 */
@Experimental
public record CoordinationSettings(
    String engine,
    @Nullable Path folder,
    BrokerLimits limits,
    Redelivery redelivery,
    Duration publishTimeout,
    Duration closeTimeout) {

  /** The section {@code coordination}. */
  public static final Section<CoordinationSettings> SECTION =
      Section.of("coordination", CoordinationSettings.class)
          .optional(CoordinationSettings.class, "folder");

  /** Checks the values. */
  public CoordinationSettings {
    Require.notNegative(publishTimeout, "publish-timeout");
    Require.notNegative(closeTimeout, "close-timeout");
  }

  /**
   * Returns the folder of the engine {@code folder}.
   *
   * @param data the folder of all data
   * @return the folder; it need not exist
   */
  public Path folder(Path data) {
    return folder == null ? data.resolve("broker") : folder;
  }
}
