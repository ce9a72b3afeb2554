package io.gild.a2a.server;

import io.gild.a2a.A2aException;
import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aStatusUpdate;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aVersion;
import io.gild.config.Json;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Streams a task to a client: the task, then its events. The stream begins with the first of them,
 * so that an agent that fails before can still be answered with an error.
 */
final class TaskStream implements HeldListener {

  private static final Runnable NOTHING = () -> {};

  private final A2aVersion version;
  private final @Nullable Integer historyLength;
  private final OperationReply reply;
  private final AtomicReference<Runnable> leaving = new AtomicReference<>(NOTHING);
  private OperationReply.@Nullable Stream stream; // guarded by the task's monitor

  TaskStream(A2aVersion version, @Nullable Integer historyLength, OperationReply reply) {
    this.version = version;
    this.historyLength = historyLength;
    this.reply = reply;
  }

  @Override
  public void onLeave(Runnable action) {
    leaving.set(action);
  }

  void left() {
    leaving.getAndSet(NOTHING).run();
  }

  @Override
  public void task(A2aTask task) {
    A2aTask shown = historyLength == null ? task : task.withHistory(historyLength);
    begun().send(Json.write(A2aJson.write(shown, version)), false);
  }

  @Override
  public void event(EventText event) {
    boolean last = event.event() instanceof A2aStatusUpdate update && update.isFinal();
    begun().send(event.json(version), last);
  }

  @Override
  public void reply(A2aMessage message) {
    begun().send(Json.write(A2aJson.write(message, version)), true);
    end();
  }

  @Override
  public void settled(A2aTask task) {
    end();
  }

  @Override
  public void failed(A2aException failure) {
    reply.failed(failure);
    left();
  }

  private void end() {
    begun().end();
    left();
  }

  private OperationReply.Stream begun() {
    OperationReply.Stream now = stream;
    if (now == null) {
      now = reply.stream();
      stream = now;
      now.onClose(this::left);
    }
    return now;
  }
}
