package io.gild.orchestration;

import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.A2aRole;
import io.gild.a2a.A2aTask;
import io.gild.a2a.client.A2aClient;
import io.gild.config.Experimental;
import io.gild.core.GildLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A step that another agent does, by the Agent2Agent protocol.
 *
 * <p>Canceling the run cancels the agent's task. If the JVM of the run is killed, the resumed run
 * sends the same message id, so that an agent that knows it goes on with the same task.
 */
@Experimental
public final class A2aStep implements StepFunction.WithContext<String, String> {

  private final A2aClient client;

  private A2aStep(A2aClient client) {
    this.client = client;
  }

  /**
   * Creates a step that asks an agent.
   *
   * @param client calls the agent
   * @return takes the text of the message, and returns the text of the answer
   */
  public static A2aStep asking(A2aClient client) {
    return new A2aStep(client);
  }

  @Override
  public String run(String input, StepContext context) throws Exception {
    A2aMessage message =
        new A2aMessage(
            id(context),
            null,
            null,
            A2aRole.USER,
            List.of(A2aPart.text(input)),
            Map.of(),
            List.of(),
            List.of());
    if (!client.card().capabilities().streaming()) {
      return A2aClient.text(client.send(message));
    }
    AtomicReference<@Nullable String> task = new AtomicReference<>();
    AtomicReference<@Nullable A2aMessage> reply = new AtomicReference<>();
    AtomicBoolean canceled = new AtomicBoolean();
    context.onCancel(() -> canceled.set(true));
    try {
      client.stream(
          message,
          event -> {
            if (event instanceof A2aTask begun && task.compareAndSet(null, begun.id())) {
              context.onCancel(() -> client.cancel(begun.id()));
            } else if (event instanceof A2aMessage answer) {
              reply.set(answer);
            }
          });
    } finally {
      if (canceled.get() && task.get() == null && reply.get() == null) {
        cancel(message);
      }
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while the agent worked");
    }
    A2aMessage answer = reply.get();
    return A2aClient.text(answer == null ? client.get(String.valueOf(task.get())) : answer);
  }

  /** Cancels a task whose id is not known yet: the same message gets the same task. */
  private void cancel(A2aMessage message) {
    boolean interrupted = Thread.interrupted(); // else nothing could be sent
    try {
      if (client.begin(message) instanceof A2aTask begun && !begun.status().state().isTerminal()) {
        client.cancel(begun.id());
      }
    } catch (RuntimeException failure) {
      GildLog.infoOnce(
          "The task of another agent may go on after its run was canceled: " + failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns the same id in the first attempt of each JVM, and new ones in further attempts. */
  private static String id(StepContext context) {
    int attempt = context.attempt();
    return attempt == 1 ? context.idempotencyKey() : context.idempotencyKey() + "#" + attempt;
  }
}
