package io.gild.console;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The console of a JVM. Without a port there is none: nothing is recorded and nothing listens.
 *
 * @param port its port, 0 for any free one; {@code null} for no console
 * @param address the address it listens on; one that other machines reach always needs a token
 * @param requireToken whether requests need the token on a loopback address, too
 * @param tokenFile file with the token, which only its owner can read; {@code null} for a new
 *     random token
 * @param records how many calls and HTTP requests are kept; 16 or more
 * @param actions whether the console may open breakers, clear caches and change the mode
 * @param clients how many clients may watch at once; 1 or more
 */
@Experimental
public record ConsoleSettings(
    @Nullable Integer port,
    String address,
    boolean requireToken,
    @Nullable Path tokenFile,
    int records,
    boolean actions,
    int clients) {

  /** The section {@code console}. */
  public static final Section<ConsoleSettings> SECTION =
      Section.of("console", ConsoleSettings.class)
          .optional(ConsoleSettings.class, "port", "token-file");

  private static final int HIGHEST_PORT = 65_535;
  private static final int FEWEST_RECORDS = 16;
  private static final int MOST_RECORDS = 4_194_304;
  private static final int MOST_CLIENTS = 1_024;

  /** Checks the values. */
  public ConsoleSettings {
    if (port != null) {
      Require.between(0, HIGHEST_PORT, port, "port");
    }
    if (address.isBlank()) {
      throw new IllegalArgumentException(
          "address must be that of this machine, such as 127.0.0.1, but is empty");
    }
    Require.between(FEWEST_RECORDS, MOST_RECORDS, records, "records");
    Require.between(1, MOST_CLIENTS, clients, "clients");
  }
}
