package io.gild.a2a.server;

/**
 * A thread of the server, which no one interrupts while it writes: a write by an interrupted thread
 * closes the connection.
 */
final class WebThread extends Thread {

  WebThread(Runnable task, String name) {
    super(task, name);
    setDaemon(true);
  }
}
