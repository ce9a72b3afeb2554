package io.gild.orchestration;

import io.gild.core.spi.EffectJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The side effects of one execution of a step. Results that earlier executions recorded are given
 * again. Thread-safe.
 */
final class StepEffects implements EffectJournal {

  private final RunSteps run;
  private final String path;
  private final List<Integer> earlier = new ArrayList<>();

  StepEffects(RunSteps run, String path) {
    this.run = run;
    this.path = path;
    for (int i = 0; i < run.effects(path).size(); i++) {
      earlier.add(i);
    }
  }

  @Override
  public Entry begin(String method, List<@Nullable Object> arguments) {
    return begin(method, RunValues.fingerprint(arguments));
  }

  private synchronized Entry begin(String method, String arguments) {
    List<StepEntry.EffectEntry> known = run.effects(path);
    Integer unsettled = null;
    for (Integer index : earlier) {
      StepEntry.EffectEntry effect = known.get(index);
      if (effect.failed || !effect.method.equals(method)) {
        continue;
      }
      if (effect.finished && effect.arguments.equals(arguments)) {
        earlier.remove((Object) index);
        return new Known(run.read(effect.value));
      }
      unsettled = unsettled == null ? index : unsettled;
    }
    return unsettled == null
        ? new Running(run.effect(path, method, arguments))
        : settle(known, unsettled, method, arguments);
  }

  /** Asks what to do about an effect that may have happened. */
  private Entry settle(
      List<StepEntry.EffectEntry> known, Integer index, String method, String arguments) {
    StepEntry.EffectEntry effect = known.get(index);
    String reason =
        effect.finished
            ? "its step did it with " + effect.arguments + " before, and now asks for " + arguments
            : "the JVM was killed while it ran with " + effect.arguments;
    Decision decision = run.doubt(path + "#" + index, new EffectInDoubt(method, reason));
    earlier.remove((Object) index);
    if (decision.approved()) {
      return new Known(effect.finished ? run.read(effect.value) : null);
    }
    return new Running(run.effect(path, method, arguments));
  }

  /** Runs an effect that the step names itself. */
  <T extends @Nullable Object> T run(String name, Callable<T> effect) throws Exception {
    Entry entry = begin(name, List.of());
    if (entry.isFinished()) {
      return erased(entry.result());
    }
    try {
      T result = effect.call();
      entry.finished(result);
      return result;
    } catch (Throwable failure) {
      entry.failed();
      throw failure;
    }
  }

  /** The same effect returned it before. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // T may be null
  private static <T extends @Nullable Object> T erased(@Nullable Object result) {
    return (T) result;
  }

  private record Known(@Nullable Object result) implements Entry {

    @Override
    public boolean isFinished() {
      return true;
    }

    @Override
    public void finished(@Nullable Object again) {}

    @Override
    public void failed() {}
  }

  private final class Running implements Entry {

    private final int index;

    Running(int index) {
      this.index = index;
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public @Nullable Object result() {
      return null;
    }

    @Override
    public void finished(@Nullable Object result) {
      run.effected(path, index, result);
    }

    @Override
    public void failed() {
      run.effectFailed(path, index);
    }
  }
}
