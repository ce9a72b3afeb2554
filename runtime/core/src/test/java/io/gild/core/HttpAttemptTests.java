package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.spi.CallListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HttpAttemptTests {

  private final List<String> received = new ArrayList<>();
  private final GildRuntime runtime =
      GildRuntime.builder()
          .settings(Settings.builder().property("gild.limits.max-failed-requests", "3").build())
          .listener(new Listening())
          .build();
  private final GovernedMethod agent = runtime.method(spec(CallKind.AGENT, "answer"));
  private final GovernedMethod model = runtime.method(spec(CallKind.CHAT, "chat"));

  @Test
  void countsRequestsWhenTheyBeginAndTheirStatusWhenTheyEnd() {
    model.call(
        null,
        arguments -> {
          AgentCall call = AgentCall.current();
          call.httpAttempt("POST", "api.example", 443).ended(429, 2_000);
          assertThat(call.facts().retryAfterNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
          call.httpAttempt("POST", "api.example", 443).failed(new IOException("reset"));
          HttpAttempt good = call.httpAttempt("POST", "api.example", 443);
          assertThat(model.counts().get(Counts.Event.HTTP_ATTEMPT)).isEqualTo(3);
          good.ended(200);
          good.ended(500);
          assertThat(call.facts().retryAfterNanos()).isZero();
          return "answer";
        });

    assertThat(received).containsExactly("POST 0", "429", "POST 1", "IOException", "POST 2", "200");
    assertThat(model.counts().get(Counts.Event.HTTP_4XX)).isEqualTo(1);
    assertThat(model.counts().get(Counts.Event.HTTP_ERROR)).isEqualTo(1);
    assertThat(model.counts().get(Counts.Event.HTTP_2XX)).isEqualTo(1);
    assertThat(model.counts().get(Counts.Event.HTTP_5XX)).isZero();
    assertThat(runtime.httpAttempts()).isEqualTo(3);
  }

  @Test
  void refusesRequestsAfterTooManyFailuresInAllLayersTogether() {
    assertThatThrownBy(() ->
            agent.call(
                null,
                arguments -> {
                  turn(500, 500);
                  turn(503);
                  return turn(200);
                }))
        .isInstanceOfSatisfying(
            AttemptsExhausted.class, refusal -> assertThat(refusal.failedRequests()).isEqualTo(3))
        .hasMessageContaining("limits.max-failed-requests");
    assertThat(runtime.httpAttempts()).isEqualTo(3);
  }

  @Test
  void neverRefusesRequestsThatSucceed() {
    agent.call(null, arguments -> turn(200, 200, 200, 200, 200, 200));

    assertThat(runtime.httpAttempts()).isEqualTo(6);
  }

  @Test
  void boundsNoRequestsInObserveMode() {
    GildRuntime observing =
        GildRuntime.builder()
            .settings(
                Settings.builder()
                    .property("gild.limits.max-failed-requests", "1")
                    .property("gild.mode", "observe")
                    .build())
            .build();
    observing
        .method(spec(CallKind.CHAT, "chat"))
        .call(
            null,
            arguments -> {
              AgentCall.current().httpAttempt("POST", "", -1).ended(500);
              AgentCall.current().httpAttempt("POST", "", -1).ended(500);
              return "answer";
            });

    assertThat(observing.httpAttempts()).isEqualTo(2);
  }

  @Test
  void reportsHowRetryingLayersMultiply() {
    agent.call(null, arguments -> turn(500, 200));
    assertThat(agent.retryLayers().sentence()).contains("1 layer, 2 possible attempts");

    agent.retryLayers().sawModel(3, 2);
    agent.retryLayers().sawAgent(2);

    assertThat(agent.retryLayers().sentence()).contains("3 layers, 2×3×2 = 12 possible attempts");
  }

  @Test
  void doesNotCountASecondTurnAsARetry() {
    agent.call(
        null,
        arguments -> {
          turn(200);
          return turn(200);
        });

    assertThat(agent.retryLayers().sentence()).isEmpty();
  }

  private Object turn(int... statuses) {
    return model.call(
        null,
        arguments -> {
          for (int status : statuses) {
            AgentCall.current().httpAttempt("POST", "api.example", 443).ended(status);
          }
          return "answer";
        });
  }

  private final class Listening implements CallListener {
    @Override
    public Consumer<HttpAttempt> onHttpAttempt(HttpAttempt attempt) {
      received.add(attempt.method() + " " + attempt.resendCount());
      return ended -> {
        Throwable failure = ended.failure();
        received.add(
            failure == null ? String.valueOf(ended.status()) : failure.getClass().getSimpleName());
      };
    }
  }

  private static MethodSpec spec(CallKind kind, String method) {
    return new MethodSpec(
        kind,
        "desk",
        "",
        "com.acme.Desk",
        method,
        "()Ljava/lang/String;",
        List.of(),
        Effect.NONE,
        PolicyTree.empty());
  }
}
