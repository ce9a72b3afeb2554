package io.gild.weaver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.core.AgentCall;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CarriedTaskTests {

  private static final Carrier CARRIER = new Carrier();

  private final GovernedMethod method =
      GildRuntime.builder()
          .build()
          .method(MethodSpec.of("desk", "com.acme.Desk", "ask", "()Ljava/lang/String;"));
  private final AgentCall call = method.begin(null);
  private @Nullable AgentCall seen;

  private static void end(AgentCall call) {
    while (call.proceed()) {
      call.returned(null);
    }
  }

  /** Runs a task on another thread; returns the call that this thread is in afterwards. */
  private static @Nullable AgentCall elsewhere(Object task) throws Exception {
    CompletableFuture<@Nullable AgentCall> after = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> {
          ((Runnable) task).run();
          after.complete(AgentCall.current());
        });
    thread.start();
    return after.get();
  }

  @Test
  void runsWithinItsCallAndLeavesNothingBehind() throws Exception {
    Object task = CARRIER.task(call.reference(), (Runnable) () -> seen = AgentCall.current());
    assertThat(elsewhere(task)).isNull();
    assertThat(seen).isSameAs(call);
    end(call);
  }

  @Test
  void runsOutsideOfACallThatIsOver() throws Exception {
    Object task = CARRIER.task(call.reference(), (Runnable) () -> seen = AgentCall.current());
    end(call);
    elsewhere(task);
    assertThat(seen).isNull();
  }

  @Test
  void belongsToTheCallAroundOneThatIsOver() throws Exception {
    AgentCall inner = method.begin(null);
    Object task = CARRIER.task(inner.reference(), (Runnable) () -> seen = AgentCall.current());
    end(inner);
    elsewhere(task);
    assertThat(seen).isSameAs(call);
    end(call);
  }

  @Test
  void keepsNeitherItsCallNorTheCallsObjects() {
    AgentCall gone = method.begin(new Object());
    Object task = CARRIER.task(gone.reference(), (Runnable) () -> seen = AgentCall.current());
    WeakReference<AgentCall> kept = new WeakReference<>(gone);
    end(gone);
    gone = null;
    end(call);
    Awaiting.collected(kept);
    ((Runnable) task).run();
    assertThat(seen).isNull();
  }

  @Test
  void appearsInNoStackTrace() {
    Runnable task =
        (Runnable)
            CARRIER.task(
                call.reference(),
                (Runnable)
                    () -> {
                      throw new IllegalStateException("fault");
                    });
    assertThatThrownBy(task::run)
        .satisfies(fault ->
            assertThat(fault.getStackTrace())
                .noneMatch(frame ->
                    frame.getClassName().contains("CarriedTask/")
                        || frame.getClassName().endsWith(".CarriedTask")));
    end(call);
  }

  @Test
  void looksLikeTheTaskThatItCarries() {
    assertThat(CARRIER.task(call.reference(), "a task")).hasToString("a task");
    end(call);
  }
}
