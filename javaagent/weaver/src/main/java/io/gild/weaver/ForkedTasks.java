package io.gild.weaver;

import io.gild.core.AgentCall;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that carry a call without being wrapped, because pools know them by their class: those of
 * fork-join pools, and the calls of HTTP clients that wait for their turn. The method that runs
 * them is woven.
 */
final class ForkedTasks implements JoinPoint {

  private final WeakKeys<AgentCall> calls = new WeakKeys<>();

  void add(Object task, AgentCall call) {
    calls.put(task, call);
  }

  /** Begins a run of a task, in its call. */
  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    AgentCall call = self == null ? null : calls.remove(self);
    AgentCall live = call == null ? null : call.live();
    return live == null ? null : new Run(live.join());
  }

  @Override
  public boolean wantsHandle() {
    return false;
  }

  private static final class Run extends WovenCall.Watched {

    private final @Nullable AgentCall previous;

    Run(@Nullable AgentCall previous) {
      this.previous = previous;
    }

    @Override
    void over() {
      AgentCall.leave(previous);
    }
  }
}
