package io.gild.versions;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Clock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A method of an agent, with the object of the application that it was called on last. It holds
 * that object: it must not be kept longer than a question takes. Thread-safe.
 */
@Experimental
public final class TrialMethod {

  private final MethodSplit split;
  private final @Nullable Object self;
  private final Method method;

  TrialMethod(MethodSplit split, @Nullable Object self, Method method) {
    this.split = split;
    this.self = self;
    this.method = method;
  }

  /**
   * Returns how the present version describes the method.
   *
   * @return the description
   */
  public MethodSpec spec() {
    return split.present().spec();
  }

  /**
   * Returns the method of the object's class, with its generic types.
   *
   * @return the method; it must not be called directly
   */
  public Method method() {
    return method;
  }

  /**
   * Asks a version on this thread, and waits for its answer.
   *
   * @param side the version
   * @param arguments the arguments, boxed; they should not be given to both versions if they can be
   *     changed
   * @return the answer
   * @throws VersionException if the method cannot be called, a call of it is not governed, or the
   *     rollout is over
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public TrialAnswer ask(VersionSide side, @Nullable Object... arguments)
      throws InterruptedException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    split.beginTrial();
    try {
      thread.setContextClassLoader(split.present().application().loader());
      return asked(new Trial(split, side), arguments);
    } finally {
      thread.setContextClassLoader(before);
      split.split().endTrial();
    }
  }

  private TrialAnswer asked(Trial trial, @Nullable Object[] arguments) throws InterruptedException {
    Clock clock = split.present().runtime().clock();
    long start = clock.nanoTime();
    Object value = null;
    Throwable failure = null;
    try {
      value = whole(call(trial, arguments));
    } catch (InvocationTargetException | ExecutionException thrown) {
      failure = thrown.getCause() == null ? thrown : thrown.getCause();
    }
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (!trial.isTaken()) {
      throw split.withoutTrials();
    }
    Duration elapsed = Duration.ofNanos(Math.max(0, clock.nanoTime() - start));
    return new TrialAnswer(value, failure, elapsed, trial.refusedEffects());
  }

  private @Nullable Object call(Trial trial, @Nullable Object[] arguments)
      throws InvocationTargetException {
    trial.begin();
    try {
      return method.invoke(self, arguments);
    } catch (IllegalAccessException | IllegalArgumentException refused) {
      throw new VersionException(method + " cannot be called: " + refused.getMessage(), refused);
    } finally {
      Trial.end();
    }
  }

  private static @Nullable Object whole(@Nullable Object result)
      throws InterruptedException, ExecutionException {
    return result instanceof CompletionStage<?> stage ? stage.toCompletableFuture().get() : result;
  }
}
