package io.gild.observability;

/** Makes threads that inherit no thread local of the application that makes a call. */
final class NeutralThread {

  private NeutralThread() {}

  static Thread of(Runnable task, String name) {
    return new Thread(null, task, name, 0, false);
  }
}
