package io.gild.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A resource that processes use with permits, and that knows nothing of semaphores: it counts who
 * uses it at once, and rejects tokens that are smaller than one it has seen. A process that dies
 * uses it no more, since its connection ends.
 */
final class Witness implements AutoCloseable {

  private final ServerSocket server;
  private final Set<Long> inside = new HashSet<>();
  private final Set<Long> seen = new HashSet<>();
  private final List<String> notes = new ArrayList<>();
  private int most;
  private int entries;
  private long greatest;

  Witness() throws IOException {
    server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "witness");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    Long own = null;
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      OutputStream out = socket.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        own = words[0].equals("enter") ? Long.valueOf(words[1]) : own;
        out.write(
            (answer(words[0], Long.parseLong(words[1])) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException died) {
      // as if it had left
    } finally {
      leave(own);
    }
  }

  private synchronized String answer(String word, long token) {
    switch (word) {
      case "enter" -> enter(token);
      case "exit" -> inside.remove(token);
      case "write" -> {
        return token < greatest ? "stale" : "ok";
      }
      default -> notes.add(word);
    }
    return "ok";
  }

  private void enter(long token) {
    if (!seen.add(token)) {
      notes.add("token " + token + " came twice");
    }
    inside.add(token);
    entries++;
    most = Math.max(most, inside.size());
    greatest = Math.max(greatest, token);
  }

  private synchronized void leave(@Nullable Long token) {
    if (token != null) {
      inside.remove(token);
    }
  }

  /** Returns how many were inside at once at most. */
  synchronized int most() {
    return most;
  }

  synchronized int entries() {
    return entries;
  }

  synchronized int inside() {
    return inside.size();
  }

  /** Returns what processes reported, and tokens that came twice. */
  synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
