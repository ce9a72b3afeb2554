package io.gild.core;

import com.sun.net.httpserver.HttpServer;
import io.gild.config.Experimental;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The settings that all HTTP servers of the JDK share. They are read once, when the first server of
 * the JVM is created: call {@link #prepare} before.
 */
@Experimental
public final class JdkHttpServers {

  private static final String PREFIX = "sun.net.httpserver.";

  private JdkHttpServers() {}

  /**
   * Sets the system properties {@code sun.net.httpserver.nodelay} and {@code
   * sun.net.httpserver.maxIdleConnections}, unless they are set. By default, the body of an answer
   * can wait 40 ms for the acknowledgement of its head, and a server closes the connection of its
   * 201st idle client. Has no effect after the first server of the JVM. Thread-safe.
   */
  public static void prepare() {
    setIfUnset("nodelay", "true");
    setIfUnset("maxIdleConnections", "10000");
  }

  private static void setIfUnset(String name, String value) {
    if (System.getProperty(PREFIX + name) == null) {
      System.setProperty(PREFIX + name, value);
    }
  }

  /**
   * Starts a server from a daemon: its own thread is one only then, and would otherwise keep the
   * JVM alive. The thread inherits nothing of the caller's.
   *
   * @param server the server
   * @param name name of the thread that starts it
   */
  public static void startOnDaemon(HttpServer server, String name) {
    CompletableFuture<Void> started = new CompletableFuture<>();
    Thread starter =
        Threads.neutrally(() ->
            new Thread(
                null,
                () -> {
                  server.start();
                  started.complete(null);
                },
                name,
                0,
                false));
    starter.setDaemon(true);
    starter.start();
    try {
      started.join();
    } catch (CompletionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
