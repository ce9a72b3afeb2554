package io.gild.testkit;

import io.gild.config.Experimental;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * PostgreSQL with pgvector for a test: PGlite, which is PostgreSQL in WebAssembly, run by {@code
 * node} on a free loopback port. It has one session: clients must come one after another. The npm
 * packages are in {@code ~/.cache/gild-tests/pglite}. Where they or {@code node} are missing, the
 * test is skipped with the reason; if the environment variable {@code CI} is {@code true}, the test
 * fails.
 */
@Experimental
public final class PgliteServer implements AutoCloseable {

  private static final Path PACKAGES =
      Path.of(System.getProperty("user.home"), ".cache", "gild-tests", "pglite");

  private static final String INSTALL =
      "npm install --prefix ~/.cache/gild-tests/pglite --legacy-peer-deps @electric-sql/pglite@0.5.14 @electric-sql/pglite-pgvector@0.0.15 @electric-sql/pglite-socket@0.2.17";

  private final LocalServer server;

  private PgliteServer(LocalServer server) {
    this.server = server;
  }

  /**
   * Starts a server with an empty database and waits until it answers.
   *
   * @param folder an empty folder for its log
   * @return the server
   */
  public static PgliteServer start(Path folder) {
    Path node = LocalServer.program("node", "apt-get install nodejs");
    requirePackages();
    String script = script();
    return new PgliteServer(
        LocalServer.start(
            folder,
            port -> List.of(node.toString(), "-e", script, PACKAGES.toString(), port + ""),
            port -> isReady(folder.resolve("log.txt"), port)));
  }

  private static void requirePackages() {
    boolean present =
        Files.isDirectory(PACKAGES.resolve("node_modules/@electric-sql/pglite-socket"));
    if (!present && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI must have PGlite: " + INSTALL);
    }
    Assumptions.assumeTrue(present, () -> "no PGlite; to run this test, " + INSTALL);
  }

  private static String script() {
    try (InputStream script = PgliteServer.class.getResourceAsStream("pglite-server.cjs")) {
      if (script == null) {
        throw new IllegalStateException("pglite-server.cjs is missing");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** It is not asked, because it would take the question for its one client. */
  private static boolean isReady(Path log, int port) {
    try {
      return Files.readString(log).contains("ready on port " + port);
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * Returns the URL.
   *
   * @return a URL for JDBC, whose user is {@code postgres}, without a password
   */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:"
        + server.port()
        + "/postgres?sslmode=disable&user=postgres";
  }

  /** Ends the server. */
  @Override
  public void close() {
    server.close();
  }
}
