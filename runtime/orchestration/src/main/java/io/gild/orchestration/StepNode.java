package io.gild.orchestration;

import io.gild.config.PolicyTree;
import io.gild.core.Body;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.MethodSpec;
import io.gild.core.WorkProbe;
import io.gild.core.WrappedMethod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs code as a governed method, once in a run unless it fails. */
final class StepNode extends Node {

  private final Class<?> owner;
  private final StepFunction.WithContext<@Nullable Object, @Nullable Object> function;
  private final StepOptions<@Nullable Object, @Nullable Object> options;

  /** By workflow, because a part may belong to several. */
  private final Map<String, WrappedMethod> methods = new ConcurrentHashMap<>();

  StepNode(
      String name,
      Class<?> owner,
      StepFunction.WithContext<@Nullable Object, @Nullable Object> function,
      StepOptions<@Nullable Object, @Nullable Object> options) {
    super(name);
    this.owner = owner;
    this.function = function;
    this.options = options;
  }

  @Override
  @Nullable Object run(Place place, @Nullable Object input) throws InterruptedException {
    RunScope run = place.run();
    String path = place.path();
    RunSteps.Known known = run.steps().known(path);
    if (known == null) {
      run.steps().requireLive();
      known = new RunSteps.Known(execute(run, path, input));
    }
    Object result = known.value();
    StepOptions.Compensation<@Nullable Object, @Nullable Object> undo = options.compensation();
    if (undo != null) {
      run.compensations().put(path, () -> undo.undo(input, result));
    }
    return result;
  }

  private @Nullable Object execute(RunScope run, String path, @Nullable Object input)
      throws InterruptedException {
    if (options.isSideEffect()) {
      run.steps().requireNotBegun(path, name());
    }
    RunBudget.Reservation reservation = run.budget().reserve(path, options.reservedNanoUsd());
    run.steps().begun(path);
    StepMeasure measure = new StepMeasure();
    try {
      Object result = attempt(run, path, input, measure);
      run.steps().finished(path, result, measure);
      return result;
    } catch (RunSuspended | RunCanceled passing) {
      run.steps().interrupted(path, measure, passing);
      throw passing;
    } catch (InterruptedException interrupted) {
      run.steps().interrupted(path, measure, interrupted);
      throw interrupted;
    } catch (Throwable failure) {
      if (run.signal().isSet()) { // it was stopped, and may report that as another failure
        RunCanceled stopped = new RunCanceled(run.id(), String.valueOf(failure));
        run.steps().interrupted(path, measure, stopped);
        throw stopped;
      }
      return failed(run, path, input, measure, failure);
    } finally {
      reservation.settle(measure.nanoUsd());
    }
  }

  private @Nullable Object failed(
      RunScope run, String path, @Nullable Object input, StepMeasure measure, Throwable failure)
      throws InterruptedException {
    StepFunction.WithContext<@Nullable Object, @Nullable Object> fallback = options.fallback();
    if (fallback == null) {
      run.steps().failed(path, measure, String.valueOf(failure));
      throw new StepFailed(path, String.valueOf(failure), failure);
    }
    try {
      Object result = run(fallback, run, path, 1, new StepEffects(run.steps(), path), input);
      run.steps().finished(path, result, measure);
      return result;
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception second) {
      second.addSuppressed(failure);
      run.steps().failed(path, measure, String.valueOf(second));
      throw new StepFailed(path, String.valueOf(second), second);
    }
  }

  private @Nullable Object attempt(
      RunScope run, String path, @Nullable Object input, StepMeasure measure) throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    StepEffects effects = new StepEffects(run.steps(), path);
    AtomicReference<@Nullable RuntimeException> passing = new AtomicReference<>();
    Runnable described = RunSpans.describeStep(run, name(), path);
    Body body =
        arguments -> {
          described.run(); // a step without a span leaves the description to no call inside
          int attempt = attempts.incrementAndGet();
          try {
            return run(function, run, path, attempt, effects, arguments[0]);
          } catch (RunSuspended | RunCanceled signal) { // no policy may repeat the step
            passing.set(signal);
            RunSpans.state(signal instanceof RunSuspended ? RunState.WAITING : RunState.CANCELED);
            return null;
          }
        };
    Runnable labels = RunLabels.ofStep(run, name());
    Object result;
    try {
      result =
          WorkProbe.<@Nullable Object>run(
              run.workflow(),
              false,
              effects,
              measure::seen,
              () -> method(run).call(null, body, input));
    } finally {
      labels.run();
      described.run();
      measure.attempts(attempts.get());
    }
    RuntimeException signal = passing.get();
    if (signal != null) {
      throw signal;
    }
    return result;
  }

  private static @Nullable Object run(
      StepFunction.WithContext<@Nullable Object, @Nullable Object> code,
      RunScope run,
      String path,
      int attempt,
      StepEffects effects,
      @Nullable Object input)
      throws Exception {
    try (RunContext context = new RunContext(run, path, attempt, effects)) {
      return whole(code.run(input, context));
    }
  }

  /** Waits for a result that comes later. */
  private static @Nullable Object whole(@Nullable Object result) throws Exception {
    if (!(result instanceof CompletionStage<?> || result instanceof Future<?>)) {
      return result;
    }
    Future<?> future =
        result instanceof CompletionStage<?> stage
            ? stage.toCompletableFuture()
            : (Future<?>) result;
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      future.cancel(true);
      throw interrupted;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private WrappedMethod method(RunScope run) {
    return methods.computeIfAbsent(
        run.workflow() + " " + run.version(),
        workflow -> WrappedMethod.of(owner, spec(run.workflow(), run.version(), name(), options)));
  }

  private static MethodSpec spec(
      String workflow, String version, String step, StepOptions<?, ?> options) {
    return new MethodSpec(
        CallKind.AGENT,
        workflow,
        version,
        workflow,
        step,
        "(Ljava/lang/Object;)Ljava/lang/Object;",
        List.of(new MethodSpec.Parameter("input", "java.lang.Object", MethodSpec.Role.NONE)),
        Effect.NONE,
        PolicyTree.of(options.policies()));
  }
}
