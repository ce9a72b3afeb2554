package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.CallContext;
import io.gild.core.CallReference;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The methods where pools run or abandon their tasks, and their effect on the call of a task. */
final class CarriedRuns {

  private final CarriedCalls calls;

  CarriedRuns(CarriedCalls calls) {
    this.calls = calls;
  }

  /** The action at an entry. */
  private interface Entered {
    void entered(@Nullable AgentCall call, @Nullable Object self, @Nullable Object[] arguments);
  }

  private static JoinPoint entry(Entered entered) {
    return new EntryJoinPoint() {
      @Override
      @Nullable Object @Nullable [] entered(
          @Nullable AgentCall call, @Nullable Object self, @Nullable Object[] arguments) {
        entered.entered(call, self, arguments);
        return null;
      }
    };
  }

  /** A method that is watched until its end. */
  private interface Watching {
    @Nullable WovenCall watched(@Nullable Object self, @Nullable Object[] arguments);
  }

  private static JoinPoint watch(Watching watching) {
    return new JoinPoint() {
      @Override
      public @Nullable Object enter(
          @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
        return watching.watched(self, arguments);
      }

      @Override
      public boolean wantsHandle() {
        return false;
      }
    };
  }

  /** Puts the current thread into the call of the task that it is about to run. */
  static void begin(CarriedCalls calls, @Nullable Object task) {
    CallReference call = task == null || !calls.any() ? null : calls.begin(task);
    AgentCall live = CallReference.live(call);
    if (call != null && live != null) {
      call.join(live);
    }
  }

  /** A run of a task; the task is the object whose method runs. */
  JoinPoint wholeRun() {
    return watch((self, arguments) -> {
      CallReference call = self == null || !calls.any() ? null : calls.begin(self);
      AgentCall live = CallReference.live(call);
      if (call == null || live == null) {
        return null;
      }
      AgentCall previous = call.join(live);
      return new WovenCall.Watched() {
        @Override
        public void over() {
          CallContext.leave(previous);
        }
      };
    });
  }

  /** A new thread of a pool begins, mostly with a first task. */
  JoinPoint workerBegins() {
    return entry(
        (call, self, arguments) -> begin(calls, PrivateFields.of(arguments[0], "firstTask")));
  }

  /** A pool's thread has run its task and leaves the call. */
  JoinPoint runEnded() {
    return entry((call, self, arguments) -> {
      // A new thread also unlocks its worker before its first task, with a negative state.
      if (call != null
          && PrivateFields.of(self, "thread") == Thread.currentThread()
          && PrivateFields.of(self, "state") instanceof Integer state
          && state > 0) {
        CallContext.leave(null);
      }
    });
  }

  /** A timer's thread removes the first task of its queue to run it. */
  JoinPoint timerFires() {
    return entry((call, self, arguments) -> {
      if (isTimer() && PrivateFields.of(self, "queue") instanceof Object[] tasks) {
        begin(calls, tasks[1]);
      }
    });
  }

  /** A timer's thread looks for its next task. */
  JoinPoint timerRests() {
    return entry((call, self, arguments) -> {
      if (call != null && isTimer()) {
        CallContext.leave(null);
      }
    });
  }

  private static boolean isTimer() {
    return Thread.currentThread().getClass().getName().equals("java.util.TimerThread");
  }

  /** A method makes the task that a pool of any kind will run. */
  JoinPoint taskMade() {
    return watch((self, arguments) -> {
      AgentCall call = AgentCall.current();
      return call == null || !(self instanceof Executor)
          ? null
          : new WovenCall.Watched() {
            @Override
            public void over() {
              Object made = result();
              if (made != null) {
                calls.add(made, call);
              }
            }
          };
    });
  }

  /** A pool rejects the task that is the argument. */
  JoinPoint taskRejected() {
    return entry((call, self, arguments) -> {
      if (arguments[0] != null) {
        calls.forget(arguments[0]);
      }
    });
  }

  /** The application removes the task that is the argument from the queue. */
  JoinPoint taskRemoved() {
    return watch((self, arguments) -> {
      Object task = arguments[0];
      return task == null || !calls.any()
          ? null
          : new WovenCall.Watched() {
            @Override
            public void over() {
              if (Boolean.TRUE.equals(result())) {
                calls.forget(task);
              }
            }
          };
    });
  }
}
