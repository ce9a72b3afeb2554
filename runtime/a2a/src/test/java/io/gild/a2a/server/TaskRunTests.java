package io.gild.a2a.server;

import static io.gild.a2a.server.Served.at;
import static io.gild.a2a.server.Served.await;
import static io.gild.a2a.server.Served.message;
import static io.gild.a2a.server.Served.newId;
import static io.gild.a2a.server.Served.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aTaskState;
import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.CostDimension;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskRunTests {

  private static Map<String, Object> immediately(Map<String, Object> message) {
    return Map.of("message", message, "configuration", Map.of("returnImmediately", true));
  }

  @Test
  void failsTheRequestOfAnAgentThatThrows() {
    try (Served served =
        Served.start(exchange -> {
          throw new IllegalStateException("secret detail");
        })) {
      Map<?, ?> answer = served.send(message(newId(), "hi"));

      assertThat(at(answer, "error", "code")).isEqualTo(-32603L);
      assertThat(text(answer, "error", "message")).isEqualTo("the agent failed");
    }
  }

  @Test
  void failsTheTaskOfAnAgentThatThrowsLater() {
    try (Served served =
        Served.start(exchange -> {
          exchange.working();
          throw new A2aException(A2aErrorCode.INTERNAL_ERROR, "the model is gone");
        })) {
      Map<?, ?> task = served.task(message(newId(), "hi"));

      assertThat(text(task, "status", "state")).isEqualTo("TASK_STATE_FAILED");
      assertThat(text(at(task, "status", "message"))).contains("the model is gone");
    }
  }

  @Test
  void reportsAnAgentThatGivesNoAnswer() {
    try (Served silent = Served.start(exchange -> {});
        Served none = Served.start(A2aHandler.answering(message -> null))) {
      assertThat(at(silent.send(message(newId(), "hi")), "error", "code")).isEqualTo(-32006L);
      assertThat(at(none.send(message(newId(), "hi")), "error", "code")).isEqualTo(-32006L);
      assertThat(
              silent.post("/message:send", Map.of("message", message(newId(), "hi"))).statusCode())
          .isEqualTo(502);
    }
  }

  @Test
  void endsAnAgentThatDoesNotEnd() {
    AtomicBoolean interrupted = new AtomicBoolean();
    A2aServer.Builder builder =
        Served.builder(
                exchange -> {
                  exchange.working();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException end) {
                    interrupted.set(exchange.isEnded());
                  }
                })
            .limits(A2aLimits.ofDefaults().withRunTime(Duration.ofMillis(200)));
    try (Served served = Served.start(builder)) {
      Map<?, ?> task = served.task(message(newId(), "hi"));

      assertThat(text(task, "status", "state")).isEqualTo("TASK_STATE_FAILED");
      await(interrupted::get);
    }
  }

  @Test
  void cancelsAnAgentAndDropsWhatItSaysAfterwards() {
    CountDownLatch canceled = new CountDownLatch(2);
    try (Served served =
        Served.start(exchange -> {
          exchange.onCancel(canceled::countDown);
          exchange.working();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException end) {
            exchange.complete(A2aMessage.ofAgent("too late"));
            canceled.countDown();
          }
        })) {
      Map<?, ?> begun = served.call("SendMessage", immediately(message(newId(), "hi")));
      String id = text(begun, "result", "task", "id");

      Map<?, ?> answer = served.call("CancelTask", Map.of("id", id));

      assertThat(text(answer, "result", "status", "state")).isEqualTo("TASK_STATE_CANCELED");
      await(() -> canceled.getCount() == 0);
      assertThat(text(served.call("GetTask", Map.of("id", id)), "result", "status", "state"))
          .isEqualTo("TASK_STATE_CANCELED");
      assertThat(at(served.call("CancelTask", Map.of("id", id)), "error", "code"))
          .isEqualTo(-32002L);
    }
  }

  @Test
  void letsAnAgentGoOnInAnotherThread() {
    try (Served served =
        Served.start(exchange -> {
          exchange.continueAsync();
          new Thread(() -> exchange.complete(A2aMessage.ofAgent("later"))).start();
        })) {
      assertThat(text(served.task(message(newId(), "hi")), "status", "state"))
          .isEqualTo("TASK_STATE_COMPLETED");
    }
  }

  @Test
  void showsATaskWhoseAgentSaysNothingYet() {
    CountDownLatch release = new CountDownLatch(1);
    try (Served served =
        Served.start(exchange -> {
          release.await();
          exchange.reply(A2aMessage.ofAgent("done"));
        })) {
      Map<?, ?> begun = served.call("SendMessage", immediately(message(newId(), "hi")));
      String id = text(begun, "result", "task", "id");

      assertThat(text(begun, "result", "task", "status", "state"))
          .isEqualTo("TASK_STATE_SUBMITTED");
      Map<?, ?> second = served.send(message(newId(), "again", "taskId", id));
      assertThat(at(second, "error", "code")).isEqualTo(-32004L);
      release.countDown();
      await(() ->
          text(served.call("GetTask", Map.of("id", id)), "result", "status", "state")
              .equals("TASK_STATE_COMPLETED"));
    }
  }

  @Test
  void reachesAllStates() {
    for (A2aTaskState state : A2aTaskState.values()) {
      try (Served served =
          Served.start(exchange -> {
            exchange.status(state, null);
            exchange.continueAsync();
          })) {
        Map<?, ?> task =
            (Map<?, ?>)
                at(
                    served.call("SendMessage", immediately(message(newId(), "hi"))),
                    "result",
                    "task");
        await(() ->
            text(
                    served.call("GetTask", Map.of("id", text(task, "id"))),
                    "result",
                    "status",
                    "state")
                .equals("TASK_STATE_" + state));
      }
    }
  }

  @Test
  void answersARepeatedMessageWithTheTaskOfTheFirst() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try (Served served =
        Served.start(exchange -> {
          runs.incrementAndGet();
          release.await();
          exchange.complete(null);
        })) {
      Map<String, Object> message = message(newId(), "hi");
      Set<String> ids = ConcurrentHashMap.newKeySet();
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        sent.add(clients.submit(() -> ids.add(text(served.task(message), "id"))));
      }
      await(() -> runs.get() == 1 && served.server.connections() >= 8);
      release.countDown();
      for (Future<?> each : sent) {
        each.get();
      }
      ids.add(text(served.task(message), "id"));

      assertThat(runs).hasValue(1);
      assertThat(ids).hasSize(1);
      message.put("metadata", Map.of("other", true));
      ids.add(text(served.task(message), "id"));
      assertThat(ids).hasSize(2);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void repeatsDirectAnswersAndRunsFailedMessagesAgain() {
    AtomicInteger runs = new AtomicInteger();
    try (Served served =
        Served.start(exchange -> {
          if (runs.incrementAndGet() == 1) {
            throw new IllegalStateException("once");
          }
          exchange.reply(A2aMessage.ofAgent("run " + runs.get()));
        })) {
      Map<String, Object> message = message(newId(), "hi");

      assertThat(at(served.send(message), "error", "code")).isEqualTo(-32603L);
      Map<?, ?> first = served.send(message);
      assertThat(served.send(message)).isEqualTo(first);
      assertThat(runs).hasValue(2);
    }
  }

  @Test
  void rejectsMoreThanItCanRun() {
    CountDownLatch release = new CountDownLatch(1);
    A2aServer.Builder builder =
        Served.builder(
                exchange -> {
                  exchange.working();
                  release.await();
                  exchange.complete(null);
                })
            .limits(A2aLimits.ofDefaults().withStreams(1_000, 1));
    try (Served served = Served.start(builder)) {
      served.call("SendMessage", immediately(message(newId(), "hi")));

      assertThat(
              served.post("/message:send", Map.of("message", message(newId(), "hi"))).statusCode())
          .isEqualTo(503);
      release.countDown();
      await(() -> !served.send(message(newId(), "hi")).containsKey("error"));
    }
  }

  @Test
  void leavesNoThreadBehind() {
    CountDownLatch running = new CountDownLatch(1);
    Served served =
        Served.start(exchange -> {
          exchange.working();
          running.countDown();
          new CountDownLatch(1).await();
        });
    served.call("SendMessage", immediately(message(newId(), "hi")));
    served.close();

    assertThat(running.getCount()).isZero();
    await(() ->
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().startsWith("gild-a2a")));
  }

  @Test
  void labelsTheCallsOfAnAgentWithTheirTask() {
    GildRuntime runtime = GildRuntime.builder().settings(Settings.defaults()).build();
    GovernedMethod model =
        runtime.method(MethodSpec.of("gpt", "com.acme.Gpt", "chat", "()Ljava/lang/String;"));
    List<String> labels = new ArrayList<>();
    try (Served served =
        Served.start(exchange -> {
          AgentCall call = model.begin(null);
          labels.add(call.label(CostDimension.TASK));
          labels.add(exchange.taskId());
          throw new A2aException(A2aErrorCode.INTERNAL_ERROR, "enough");
        })) {
      served.send(message(newId(), "hi"));
    }
    assertThat(labels).hasSize(2);
    assertThat(labels.get(0)).isNotEmpty().isEqualTo(labels.get(1));
    runtime.close();
  }
}
