package io.gild.a2a.server;

import io.gild.a2a.A2aEvent;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aVersion;
import io.gild.config.Json;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Answers a request once, with the task as it is or as it ends. */
final class TaskWaiter implements HeldListener {

  private static final Runnable NOTHING = () -> {};

  private final A2aVersion version;
  private final SendParams params;
  private final OperationReply reply;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicReference<Runnable> leaving = new AtomicReference<>(NOTHING);

  TaskWaiter(A2aVersion version, SendParams params, OperationReply reply) {
    this.version = version;
    this.params = params;
    this.reply = reply;
  }

  @Override
  public void onLeave(Runnable action) {
    leaving.set(action);
  }

  @Override
  public void task(A2aTask task) {
    if (params.returnImmediately()) {
      answer(task);
    }
  }

  @Override
  public void event(EventText event) {
    // The answer is the task as it ends.
  }

  @Override
  public void reply(A2aMessage message) {
    answer(message);
  }

  @Override
  public void settled(A2aTask task) {
    answer(task);
  }

  @Override
  public void failed(A2aException failure) {
    if (answered.compareAndSet(false, true)) {
      reply.failed(failure);
      leaving.getAndSet(NOTHING).run();
    }
  }

  private void answer(A2aEvent event) {
    if (answered.compareAndSet(false, true)) {
      Integer length = params.historyLength();
      A2aEvent shown =
          event instanceof A2aTask task && length != null ? task.withHistory(length) : event;
      reply.result(Json.write(A2aJson.write(shown, version)));
      leaving.getAndSet(NOTHING).run();
    }
  }
}
