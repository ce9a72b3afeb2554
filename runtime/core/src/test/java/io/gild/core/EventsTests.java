package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gild.config.Policies;
import io.gild.config.Usage;
import io.gild.core.spi.Event;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTests {

  private final GildRuntime runtime =
      GildRuntime.builder().policies(spec -> Policies.none()).stages(new OnceMore()).build();
  private final GovernedMethod outer = method("answer");
  private final GovernedMethod inner = method("ask");
  private final List<Event> received = new ArrayList<>();

  private GovernedMethod method(String name) {
    return runtime.method(
        MethodSpec.of("desk", "com.acme.Desk", name, "(Ljava/lang/String;)Ljava/lang/String;"));
  }

  private AutoCloseable subscribe(Class<? extends Event> type) {
    return runtime.events().subscribe(type, received::add);
  }

  @Test
  void publishesACallFromItsBeginningToItsEnd() {
    subscribe(CallStarted.class);
    subscribe(AttemptEnded.class);
    subscribe(CallEnded.class);

    assertThatThrownBy(() -> outer.call(null, arguments -> fail(), "question"))
        .isInstanceOf(IllegalStateException.class);

    assertThat(received).hasSize(4);
    assertThat(received.get(0)).isEqualTo(new CallStarted(outer.spec(), 1, 0));
    assertThat(received.subList(1, 3))
        .extracting(
            event -> ((AttemptEnded) event).attempt(), event -> ((AttemptEnded) event).error())
        .containsExactly(
            tuple(1, "java.lang.IllegalStateException"),
            tuple(2, "java.lang.IllegalStateException"));
    assertThat((CallEnded) received.get(3))
        .returns(1L, CallEnded::call)
        .returns(CallEnded.Outcome.FAILED, CallEnded::outcome)
        .returns(2, CallEnded::attempts)
        .returns("java.lang.IllegalStateException", CallEnded::error);
  }

  private static Object fail() {
    throw new IllegalStateException("down");
  }

  @Test
  void namesTheEnclosingCall() {
    subscribe(CallStarted.class);

    outer.call(null, arguments -> inner.call(null, same -> "a", "b"), "question");

    assertThat(received)
        .containsExactly(new CallStarted(outer.spec(), 1, 0), new CallStarted(inner.spec(), 2, 1));
  }

  @Test
  void carriesTokensAndMoney() {
    subscribe(CallEnded.class);

    outer.call(
        null,
        arguments -> {
          AgentCall.current().recordUsage("gpt-4o-mini", Usage.of(1_000, 10));
          return "answer";
        },
        "question");

    assertThat((CallEnded) received.get(0))
        .returns(Usage.of(1_000, 10), CallEnded::usage)
        .returns(156_000L, CallEnded::nanoUsd)
        .returns(CallEnded.Outcome.SUCCEEDED, CallEnded::outcome);
  }

  @Test
  void publishesEventsUntilTheSubscriptionIsClosed() throws Exception {
    AutoCloseable subscription = subscribe(CallEnded.class);
    AutoCloseable again = subscribe(CallEnded.class);
    outer.call(null, arguments -> "a", "question");
    subscription.close();
    subscription.close();
    outer.call(null, arguments -> "a", "question");
    again.close();
    outer.call(null, arguments -> "a", "question");

    assertThat(received)
        .extracting(event -> ((CallEnded) event).call())
        .containsExactly(1L, 1L, 2L);
    assertThat(runtime.events().channel(CallEnded.class).hasSubscribers()).isFalse();
  }

  @Test
  void reachesTheOtherSubscribersWhenOneThrows() {
    runtime
        .events()
        .subscribe(
            CallEnded.class,
            event -> {
              throw new IllegalStateException("broken console");
            });
    subscribe(CallEnded.class);

    assertThat(outer.call(null, arguments -> "answer", "question")).isEqualTo("answer");

    assertThat(received).hasSize(1);
  }

  /** Asks for a second attempt after a failure. */
  private static final class OnceMore implements StageProvider {

    @Override
    public Phase phase() {
      return Phase.RETRY;
    }

    @Override
    public Stage stage(StageContext context) {
      return new Stage() {
        @Override
        public boolean exit(AgentCall call) {
          return call.failure() != null && call.attempts() < 2;
        }
      };
    }
  }
}
