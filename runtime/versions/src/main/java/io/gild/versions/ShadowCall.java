package io.gild.versions;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.CallFacts;
import io.gild.core.CallLinks;
import io.gild.core.ChosenVersion;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.TraceHeaders;
import io.gild.core.spi.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A call that the present version answers and that the new version then makes a second time, on
 * another thread, with the same arguments.
 */
final class ShadowCall implements ShadowRunner.Task {

  private final MethodSplit split;
  private final @Nullable Object self;
  private final @Nullable Object[] arguments;
  private final Clock clock;
  private final ShadowEffects effects;
  private final long startNanos;
  private volatile @Nullable Body code;
  private volatile @Nullable AgentCall call;
  private volatile ShadowResult.@Nullable Answer stable;

  /** The trace of the present version's call, to which the shadow's is linked. */
  private volatile String[] trace = {};

  ShadowCall(MethodSplit split, @Nullable Object self, @Nullable Object[] arguments) {
    this.split = split;
    this.self = self;
    this.arguments = arguments.clone();
    this.clock = split.present().runtime().clock();
    this.effects = new ShadowEffects(split.present().spec().agent());
    this.startNanos = clock.nanoTime();
  }

  /** Returns why a call cannot be made twice; null if it can. */
  static @Nullable String wrongWith(MethodSpec spec, @Nullable Object[] arguments) {
    for (Object argument : arguments) {
      if (!SafeValues.isSafe(argument)) {
        return "%s#%s got an argument of %s, which the first call may change; shadows need texts, numbers, enums, dates, or records and unmodifiable collections of them."
            .formatted(
                spec.className(),
                spec.methodName(),
                argument == null ? "null" : argument.getClass().getName());
      }
    }
    return null;
  }

  /** Returns the present version, whose end starts the shadow. */
  ChosenVersion stable() {
    return new ChosenVersion(split.present(), split.stable(), this::recorded, this::over);
  }

  private Body recorded(Body own) {
    code = own;
    return given -> {
      AgentCall current = AgentCall.current();
      if (current != null && call == null) {
        call = current;
        trace = TraceHeaders.outgoing(split.present().runtime());
        current.detail().effects(effects.recording(current.detail().effectsAround()));
      }
      return own.run(given);
    };
  }

  private void over(@Nullable Object result, @Nullable Throwable failure) {
    AgentCall made = call;
    boolean givenUp =
        failure instanceof InterruptedException
            || Thread.currentThread().isInterrupted()
            || (made != null && made.cancelled());
    if (!givenUp) {
      stable = answer(result, failure, startNanos, made);
      split.split().shadows().offer(this);
    }
  }

  private ShadowResult.Answer answer(
      @Nullable Object result, @Nullable Throwable failure, long since, @Nullable AgentCall made) {
    return new ShadowResult.Answer(
        result,
        failure,
        Duration.ofNanos(Math.max(0, clock.nanoTime() - since)),
        made == null ? CallFacts.NONE : made.facts());
  }

  @Override
  public Executor executor() {
    return split.present().application().attemptExecutor();
  }

  @Override
  public void run(Runnable over) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ClassLoader own = split.present().application().loader();
    try {
      thread.setContextClassLoader(own);
      ask(over);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void ask(Runnable over) {
    long since = clock.nanoTime();
    Made made = new Made();
    Object result;
    Runnable linked = CallLinks.to(trace);
    try {
      ChosenVersion version = split.shadow();
      GovernedMethod method = version.method();
      Body own = code;
      Body body = version.code() == null || own == null ? own : version.code().apply(own);
      if (body == null) {
        over.run();
        return;
      }
      result = method.call(self, made.around(body), Arrays.copyOf(arguments, arguments.length));
    } catch (Throwable failure) {
      report(null, failure, since, made.call);
      over.run();
      return;
    } finally {
      linked.run();
    }
    if (result instanceof CompletionStage<?> stage) {
      stage.whenComplete((value, failure) -> {
        report(value, unwrapped(failure), since, made.call);
        over.run();
      });
    } else {
      report(result, null, since, made.call);
      over.run();
    }
  }

  /** Remembers the call of the shadow, and gives it the side effects of the first call. */
  private final class Made {

    private volatile @Nullable AgentCall call;

    Body around(Body body) {
      return given -> {
        AgentCall current = AgentCall.current();
        if (current != null && call == null) {
          call = current;
          current.detail().effects(effects.replaying());
        }
        return body.run(given);
      };
    }
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private void report(
      @Nullable Object value, @Nullable Throwable failure, long since, @Nullable AgentCall made) {
    ShadowResult.Answer first = stable;
    if (first != null) {
      split
          .split()
          .report(
              new ShadowResult(
                  split.split().id(),
                  split.present().spec(),
                  split.split().version(),
                  Arrays.asList(arguments),
                  first,
                  answer(value, failure, since, made),
                  effects.refused()));
    }
  }
}
