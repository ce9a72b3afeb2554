package io.gild.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.AgentCall;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CarriedTaskTests {

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
    Object task = CarriedTask.runnable(call, (Runnable) () -> seen = AgentCall.current());
    assertThat(elsewhere(task)).isNull();
    assertThat(seen).isSameAs(call);
    end(call);
  }

  @Test
  void runsOutsideOfACallThatIsOver() throws Exception {
    Object task = CarriedTask.runnable(call, (Runnable) () -> seen = AgentCall.current());
    end(call);
    elsewhere(task);
    assertThat(seen).isNull();
  }

  @Test
  void belongsToTheCallAroundOneThatIsOver() throws Exception {
    AgentCall inner = method.begin(null);
    Object task = CarriedTask.runnable(inner, (Runnable) () -> seen = AgentCall.current());
    end(inner);
    elsewhere(task);
    assertThat(seen).isSameAs(call);
    end(call);
  }

  @Test
  void isOfTheKindItWasAndNotWrappedTwice() {
    Object runnable = CarriedTask.runnable(call, (Runnable) () -> {});
    Object callable = CarriedTask.callable(call, (Callable<String>) () -> "x");
    assertThat(runnable).isNotInstanceOf(Callable.class);
    assertThat(callable).isNotInstanceOf(Runnable.class);
    assertThat(CarriedTask.runnable(call, runnable)).isSameAs(runnable);
    assertThat(CarriedTask.callable(call, callable)).isSameAs(callable);
    end(call);
  }
}
