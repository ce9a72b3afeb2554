package io.gild.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A server program of this machine that a test starts on a free loopback port. The program ends
 * with this JVM at the latest.
 */
final class LocalServer implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final int TRIES = 3;
  private static final long POLL_MILLIS = 5;

  private final Path folder;
  private final Path log;
  private final IntFunction<List<String>> command;
  private final int port;
  private final Thread end = new Thread(this::destroy);
  private @Nullable Process process;

  private LocalServer(int port, Path folder, IntFunction<List<String>> command) {
    this.port = port;
    this.folder = folder;
    this.log = folder.resolve("log.txt");
    this.command = command;
    Runtime.getRuntime().addShutdownHook(end);
  }

  /**
   * Finds a program on the {@code PATH}; without it, the test is skipped, but fails in CI.
   *
   * @param name name of the program
   * @param install how to install it, for the message
   * @return the program
   */
  static Path program(String name, String install) {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI must have " + name + ": " + install);
    }
    Assumptions.assumeTrue(
        found.isPresent(), () -> "no " + name + " on the PATH; to run this test, " + install);
    return found.orElseThrow();
  }

  /**
   * Starts a program.
   *
   * @param folder where it runs, and where {@code log.txt} has what it prints
   * @param command the command for a port
   * @param ready whether the program answers at a port
   */
  static LocalServer start(
      Path folder, IntFunction<List<String>> command, IntFunction<Boolean> ready) {
    for (int i = 1; ; i++) {
      int port = freePort();
      LocalServer server = new LocalServer(port, folder, command);
      try {
        server.start(() -> ready.apply(port));
        return server;
      } catch (IllegalStateException failure) {
        server.close();
        if (i == TRIES) {
          throw failure; // otherwise another program may have taken the port
        }
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  int port() {
    return port;
  }

  /** Starts the program again on the same port, and waits until it is ready. */
  void start(BooleanSupplier ready) {
    Process started = launch();
    process = started;
    long deadline = System.nanoTime() + START.toNanos();
    while (!ready.getAsBoolean()) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        destroy();
        throw new IllegalStateException(command.apply(port) + " does not answer: " + printed());
      }
      pause();
    }
  }

  private Process launch() {
    try {
      return new ProcessBuilder(command.apply(port))
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns what the program printed so far. */
  String printed() {
    try {
      return Files.readString(log);
    } catch (IOException failure) {
      return failure.toString();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * Kills the program and what it started, as {@code kill -9} does, and waits until they are gone.
   */
  void kill() {
    destroy();
  }

  /** Sends a signal to the program, such as {@code USR2}. */
  void signal(String name) {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("the program does not run");
    }
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(running.pid())).start();
      if (kill.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("no signal " + name + " for " + running);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Asks the program to end, so that it ends what it started, and waits a little. */
  void terminate() {
    Process running = process;
    if (running != null) {
      running.destroy();
      try {
        running.waitFor(1, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void destroy() {
    Process running = process;
    if (running != null) {
      List<ProcessHandle> children = running.descendants().toList();
      running.destroyForcibly().onExit().join();
      children.forEach(ProcessHandle::destroyForcibly);
      long deadline = System.nanoTime() + START.toNanos();
      while (children.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
        pause();
      }
    }
  }

  /** Ends the program. */
  @Override
  public void close() {
    destroy();
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException ending) {
      // the JVM is about to end, and so is the program
    }
  }
}
