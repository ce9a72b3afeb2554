package io.gild.testkit;

import io.gild.config.Experimental;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for a test: the programs {@code initdb} and {@code postgres} of this machine,
 * on the {@code PATH} or where Debian has them, on a free loopback port. Root starts it as the user
 * {@code postgres}. Where it is not installed, the test is skipped with the reason; if the
 * environment variable {@code CI} is {@code true}, the test fails.
 */
@Experimental
public final class PostgresServer implements AutoCloseable {

  private static final String USER = "postgres";
  private static final String PASSWORD = "s3cret";
  private static final String INSTALL = "apt-get install postgresql";
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final int RESTARTS = 50;

  private final LocalServer server;
  private final Path programs;
  private final Path folder;

  private PostgresServer(LocalServer server, Path programs, Path folder) {
    this.server = server;
    this.programs = programs;
    this.folder = folder;
  }

  /**
   * Starts a server with an empty database and waits until it answers.
   *
   * @param options more options, such as {@code log_statement=all}
   * @return the server; its files are in a temporary folder
   */
  public static PostgresServer start(String... options) {
    Path programs = programs();
    try {
      Path folder = Files.createTempDirectory("gild-postgres");
      own(folder);
      Path password = Files.writeString(folder.resolve("password.txt"), PASSWORD);
      own(password);
      initialize(programs, folder, password);
      LocalServer server =
          LocalServer.start(
              folder,
              port -> command(programs, folder, port, List.of(options)),
              port -> answers(programs, port));
      return new PostgresServer(server, programs, folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns the folder of the newest version that Debian has installed, or that of the PATH. */
  private static Path programs() {
    if (Files.isDirectory(DEBIAN)) {
      try (Stream<Path> versions = Files.list(DEBIAN)) {
        List<Path> found =
            versions
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .sorted()
                .toList();
        if (!found.isEmpty()) {
          return found.get(found.size() - 1);
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return LocalServer.program("initdb", INSTALL).resolveSibling("");
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** PostgreSQL refuses to run as root. */
  private static List<String> unprivileged(List<String> command) {
    List<String> whole = new ArrayList<>();
    if (isRoot()) {
      whole.addAll(List.of("setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", "--"));
    }
    whole.addAll(command);
    return whole;
  }

  private static void own(Path path) throws IOException {
    if (isRoot()) {
      UserPrincipal owner =
          FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(USER);
      Files.setOwner(path, owner);
    }
  }

  private static void initialize(Path programs, Path folder, Path password) throws IOException {
    List<String> command =
        List.of(
            programs.resolve("initdb").toString(),
            "--pgdata=" + folder.resolve("data"),
            "--username=" + USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync");
    Process process =
        new ProcessBuilder(unprivileged(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IllegalStateException(command + " returned " + status + ": " + printed);
    }
  }

  private static List<String> command(Path programs, Path folder, int port, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(programs.resolve("postgres").toString());
    command.addAll(List.of("-D", folder.resolve("data").toString(), "-p", port + ""));
    command.addAll(List.of("-c", "listen_addresses=127.0.0.1"));
    command.addAll(List.of("-c", "fsync=off")); // it is killed, and not the machine
    command.addAll(List.of("-c", "unix_socket_directories=" + folder));
    options.forEach(option -> command.addAll(List.of("-c", option)));
    return unprivileged(command);
  }

  private static boolean answers(Path programs, int port) {
    try {
      return new ProcessBuilder(
                  programs.resolve("pg_isready").toString(),
                  "-q",
                  "-h",
                  "127.0.0.1",
                  "-p",
                  port + "")
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Returns the port.
   *
   * @return a port of the loopback interface; the same after {@link #restart}
   */
  public int port() {
    return server.port();
  }

  /**
   * Returns the URL.
   *
   * @return {@code jdbc:postgresql://127.0.0.1:port/postgres}
   */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres";
  }

  /**
   * Returns the name of the superuser.
   *
   * @return {@code postgres}
   */
  public String user() {
    return USER;
  }

  /**
   * Returns the superuser's password.
   *
   * @return a text
   */
  public String password() {
    return PASSWORD;
  }

  /**
   * Returns the folder of the database.
   *
   * @return the data directory
   */
  public Path data() {
    return folder.resolve("data");
  }

  /** Kills all processes of the server, as {@code kill -9} does, and waits until they are gone. */
  public void kill() {
    server.kill();
  }

  /** Starts the killed server again with its data, and waits until it answers. */
  public void restart() {
    for (int i = 1; ; i++) {
      try {
        server.start(() -> answers(programs, port()));
        return;
      } catch (IllegalStateException failure) {
        if (i == RESTARTS) {
          throw failure; // otherwise the old shared memory may not be free yet
        }
      }
    }
  }

  /** Ends the server and deletes its files. */
  @Override
  public void close() {
    server.close();
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
        throws IOException {
      Files.delete(dir);
      return FileVisitResult.CONTINUE;
    }
  }
}
