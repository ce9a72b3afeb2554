package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.A2aTask;
import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentSkill;
import io.gild.a2a.spi.PushTarget;
import io.gild.a2a.spi.TaskOwner;
import io.gild.core.CallLabels;
import io.gild.core.CostDimension;
import io.gild.core.GildLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hands messages to an agent, and what it answers to those who wait. */
final class AgentMessages {

  /** After this time a task is visible, whether its agent has said anything or not. */
  private static final Duration APPEARS_AFTER = Duration.ofMillis(500);

  private final ServedAgent agent;
  private final RecentMessages recent;
  private final WorkerThreads threads;
  private final PushOperations push;
  private final Duration timeLimit;

  AgentMessages(
      ServedAgent agent,
      RecentMessages recent,
      WorkerThreads threads,
      PushOperations push,
      Duration timeLimit) {
    this.agent = agent;
    this.recent = recent;
    this.threads = threads;
    this.push = push;
    this.timeLimit = timeLimit;
  }

  void send(TaskOwner owner, A2aCaller caller, SendParams params, OperationReply reply) {
    begin(owner, caller, params, new TaskWaiter(caller.version(), params, reply));
  }

  void stream(TaskOwner owner, A2aCaller caller, SendParams params, OperationReply reply) {
    begin(owner, caller, params, new TaskStream(caller.version(), params.historyLength(), reply));
  }

  /** Listens to a task until it ends or waits for its user. */
  void subscribe(TaskOwner owner, A2aCaller caller, String taskId, OperationReply reply) {
    TaskStream stream = new TaskStream(caller.version(), null, reply);
    LiveTask live = agent.tasks().hold(owner, taskId);
    stream.onLeave(() -> leave(live, stream));
    try {
      live.subscribe(stream);
    } catch (A2aException ended) {
      stream.left();
      throw ended;
    }
  }

  private void leave(LiveTask live, TaskListener listener) {
    live.leave(listener);
    agent.tasks().release(live);
  }

  private void begin(TaskOwner owner, A2aCaller caller, SendParams params, HeldListener listener) {
    A2aMessage message = params.message();
    checkModes(message);
    PushTarget target = params.push() == null ? null : push.target(params.push(), caller.version());
    List<Runnable> start = new ArrayList<>();
    RecentMessages.Found found =
        recent.find(
            owner,
            message,
            id -> agent.tasks().isKnown(owner, id),
            () -> {
              LiveTask live = live(owner, message);
              start.add(() -> startTurn(live, caller, params, target, listener));
              return live.id();
            });
    A2aMessage answered = found.reply();
    if (answered != null) {
      listener.reply(answered);
    } else if (start.isEmpty()) {
      LiveTask live = agent.tasks().hold(owner, found.taskId());
      listener.onLeave(() -> leave(live, listener));
      live.listen(listener);
    } else {
      start.forEach(Runnable::run);
    }
  }

  /** Returns the task of a message, held for its turn. */
  private LiveTask live(TaskOwner owner, A2aMessage message) {
    String taskId = message.taskId();
    String contextId = message.contextId();
    if (taskId == null) {
      return agent
          .tasks()
          .add(
              owner,
              UUID.randomUUID().toString(),
              contextId == null ? UUID.randomUUID().toString() : contextId);
    }
    LiveTask live = agent.tasks().hold(owner, taskId);
    if (contextId != null && !contextId.equals(live.contextId())) {
      agent.tasks().release(live);
      throw new IllegalArgumentException(
          "message.contextId must be that of the task, or absent, but is \"" + contextId + "\"");
    }
    return live;
  }

  private void startTurn(
      LiveTask live,
      A2aCaller caller,
      SendParams params,
      @Nullable PushTarget target,
      HeldListener listener) {
    A2aMessage message = params.message().in(live.contextId(), live.id());
    TaskTurn turn = new TaskTurn();
    A2aTask before;
    try {
      before = live.begin(turn, message);
    } catch (A2aException refused) {
      recent.forget(live.owner(), message.messageId());
      agent.tasks().release(live);
      throw refused;
    }
    if (target != null) {
      push.add(live, target);
    }
    live.listen(listener);
    TaskExchange exchange = new TaskExchange(live, turn, message, before, caller, params);
    turn.whenEnded(() -> ended(live, message));
    try {
      turn.timer(
          threads
              .timer()
              .schedule(() -> appear(live, turn), APPEARS_AFTER.toMillis(), TimeUnit.MILLISECONDS));
      turn.timer(
          threads
              .timer()
              .schedule(() -> expire(live, turn), timeLimit.toMillis(), TimeUnit.MILLISECONDS));
      threads.runAgent(() -> run(exchange, live, turn));
    } catch (RejectedExecutionException full) {
      live.fail(
          turn,
          new A2aException(
              A2aErrorCode.UNAVAILABLE,
              "the agent works on too many messages; send the message again later"));
    }
  }

  /** What a turn leaves: an answer without a task is remembered, a failure can be tried again. */
  private void ended(LiveTask live, A2aMessage message) {
    A2aMessage reply = live.reply();
    if (reply != null) {
      recent.answered(live.owner(), message.messageId(), reply);
    } else if (live.task() == null) {
      recent.forget(live.owner(), message.messageId());
    }
    agent.tasks().release(live);
  }

  private void run(TaskExchange exchange, LiveTask live, TaskTurn turn) {
    if (!turn.begin()) {
      return;
    }
    Runnable label = CallLabels.of(CostDimension.TASK, exchange.taskId()).open();
    try {
      agent.handler().handle(exchange);
      if (!turn.isAsync()) {
        live.fail(
            turn,
            new A2aException(
                A2aErrorCode.INVALID_AGENT_RESPONSE, "the agent ended without an answer"));
      }
    } catch (A2aException failure) {
      live.fail(turn, named(failure));
    } catch (Exception | LinkageError | AssertionError | StackOverflowError failure) {
      if (!turn.isEnded()) {
        GildLog.faultOnce("the A2A agent " + agent.name(), failure);
      }
      live.fail(turn, new A2aException(A2aErrorCode.INTERNAL_ERROR, "the agent failed"));
    } catch (Throwable fatal) {
      live.fail(turn, new A2aException(A2aErrorCode.INTERNAL_ERROR, "the agent failed"));
      throw fatal;
    } finally {
      label.run();
      turn.leave();
    }
  }

  private static A2aException named(A2aException failure) {
    return failure.error() != null
        ? failure
        : new A2aException(
            A2aErrorCode.INTERNAL_ERROR, String.valueOf(failure.getMessage()), failure);
  }

  private static void appear(LiveTask live, TaskTurn turn) {
    try {
      live.appear(turn);
    } catch (A2aException failure) {
      live.fail(turn, named(failure));
    }
  }

  private void expire(LiveTask live, TaskTurn turn) {
    live.fail(
        turn,
        new A2aException(
            A2aErrorCode.INTERNAL_ERROR,
            "the agent did not answer within " + timeLimit.toSeconds() + " seconds"));
    turn.cancel();
  }

  /** Rejects media types that the agent does not name; parts without one are accepted. */
  private void checkModes(A2aMessage message) {
    AgentCard card = agent.card();
    for (A2aPart part : message.parts()) {
      String type = part.mediaType();
      if (type != null
          && !accepts(card.defaultInputModes(), type)
          && card.skills().stream()
              .map(AgentSkill::inputModes)
              .noneMatch(modes -> accepts(modes, type))) {
        throw new A2aException(
            A2aErrorCode.CONTENT_TYPE_NOT_SUPPORTED,
            "the agent accepts " + card.defaultInputModes() + ", but a part is " + type);
      }
    }
  }

  private static boolean accepts(List<String> modes, String type) {
    String plain = type.split(";", 2)[0].trim();
    return modes.stream()
        .anyMatch(mode ->
            mode.equals("*")
                || mode.equals("*/*")
                || mode.equalsIgnoreCase(plain)
                || mode.endsWith("/*") && plain.regionMatches(true, 0, mode, 0, mode.length() - 1));
  }
}
