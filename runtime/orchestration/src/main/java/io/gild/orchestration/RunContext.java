package io.gild.orchestration;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The place of one attempt of a step. */
final class RunContext implements StepContext, AutoCloseable {

  private final RunScope run;
  private final String path;
  private final int attempt;
  private final StepEffects effects;
  private final Set<Runnable> actions = ConcurrentHashMap.newKeySet();

  RunContext(RunScope run, String path, int attempt, StepEffects effects) {
    this.run = run;
    this.path = path;
    this.attempt = attempt;
    this.effects = effects;
  }

  @Override
  public String runId() {
    return run.id();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public String tenant() {
    return run.tenant();
  }

  @Override
  public String idempotencyKey() {
    return run.id() + "/" + path;
  }

  @Override
  public <T extends @Nullable Object> T effect(String name, Callable<T> effect) throws Exception {
    return effects.run(name, effect);
  }

  @Override
  public boolean isCanceled() {
    return run.signal().isSet();
  }

  @Override
  public void onCancel(Runnable action) {
    actions.add(action);
    run.cancelActions().add(action);
    if (run.signal().isCanceled()) { // a run that goes on later needs what it began
      run.cancelActions().run();
    }
  }

  /** Forgets the actions of an attempt that has ended. */
  @Override
  public void close() {
    actions.forEach(run.cancelActions()::remove);
  }
}
