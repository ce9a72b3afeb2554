package io.gild.console;

import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Starts and ends the console of a runtime as its settings ask for it, also when they change. It is
 * closed with the runtime. Thread-safe.
 */
final class ConsoleOfRuntime implements AutoCloseable {

  private final GildRuntime runtime;
  private final AutoCloseable subscription;
  private @Nullable ConsoleSettings applied;
  private @Nullable JvmConsole console;
  private boolean closed;

  ConsoleOfRuntime(GildRuntime runtime) {
    this.runtime = runtime;
    this.subscription = runtime.whenSettingsChange(this::follow);
  }

  /** Applies the present settings. */
  synchronized void follow() {
    ConsoleSettings wanted = runtime.settings().get(ConsoleSettings.SECTION);
    if (closed || wanted.equals(applied)) {
      return;
    }
    end();
    applied = wanted;
    if (wanted.port() != null) {
      console = GildRuntime.neutrally(() -> JvmConsole.start(runtime, wanted));
    }
  }

  synchronized @Nullable JvmConsole console() {
    return console;
  }

  private void end() {
    JvmConsole present = console;
    console = null;
    if (present != null) {
      present.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      subscription.close();
    } catch (Exception fault) {
      GildLog.faultOnce("Closing the console", fault);
    }
    end();
  }
}
