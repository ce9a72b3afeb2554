package io.gild.smoke;

import io.gild.config.Durations;
import io.gild.config.Json;
import io.gild.core.GildLog;
import io.gild.core.PlainValues;
import io.gild.golden.GoldenInput;
import io.gild.smoke.spi.AgentAsker;
import io.gild.versions.TrialAnswer;
import io.gild.versions.TrialMethod;
import io.gild.versions.VersionException;
import io.gild.versions.VersionSide;
import io.gild.versions.VersionTrials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one version of an agent in this JVM, each question on a thread that is interrupted after the
 * timeout. Thread-safe.
 */
final class TrialAsker implements AgentAsker {

  private final String rollout;
  private final VersionTrials trials;
  private final VersionSide side;
  private final AnswerField field;
  private final ExecutorService threads;

  /**
   * Creates an asker.
   *
   * @param rollout name of the rollout, for messages
   * @param field where the text is in answers that are no texts
   * @param threads reject a question if too many are under way
   */
  TrialAsker(
      String rollout,
      VersionTrials trials,
      VersionSide side,
      AnswerField field,
      ExecutorService threads) {
    this.rollout = rollout;
    this.trials = trials;
    this.side = side;
    this.field = field;
    this.threads = threads;
  }

  @Override
  public String ask(GoldenInput input, Duration timeout)
      throws LeftOutException, NoAnswerException, InterruptedException {
    TrialAnswer answer = answer(input, timeout);
    if (answer.refusedEffects() > 0) {
      throw new LeftOutException("version " + side + " asked for a side effect, which did not run");
    }
    if (answer.failure() != null) {
      throw new NoAnswerException("the agent threw " + answer.failure());
    }
    return text(answer.value());
  }

  private TrialAnswer answer(GoldenInput input, Duration timeout)
      throws LeftOutException, NoAnswerException, InterruptedException {
    Future<TrialAnswer> asked;
    try {
      asked = threads.submit(() -> asked(input));
    } catch (RejectedExecutionException busy) {
      throw new LeftOutException("earlier golden tasks ignored their timeout, and still run");
    }
    try {
      return asked.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new NoAnswerException("no answer within " + Durations.format(timeout));
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof LeftOutException leftOut) {
        throw leftOut;
      }
      throw new LeftOutException(String.valueOf(cause));
    } finally {
      asked.cancel(true);
    }
  }

  private TrialAnswer asked(GoldenInput input) throws LeftOutException, InterruptedException {
    TrialMethod method = method();
    try {
      return method.ask(side, TrialArguments.of(method, input));
    } catch (VersionException impossible) {
      throw leftOut(String.valueOf(impossible.getMessage()));
    }
  }

  /** Returns the one method that the application has called. */
  private TrialMethod method() throws LeftOutException {
    List<TrialMethod> methods = trials.methods();
    if (methods.size() == 1) {
      return methods.get(0);
    }
    if (methods.size() > 1) {
      throw leftOut(
          "the agent has several methods, "
              + String.join(", ", methods.stream().map(each -> each.spec().methodName()).toList())
              + "; name one as agent of the rollout, such as com.acme.Desk#answer");
    }
    List<String> problems = trials.problems();
    throw leftOut(
        problems.isEmpty()
            ? "they are asked of the object that the application called last, and there is none:"
                + " none was called since the rollout began, or it was collected"
            : String.join(" ", problems));
  }

  private LeftOutException leftOut(String reason) {
    GildLog.infoOnce("Golden tasks of the rollout " + rollout + " are not asked: " + reason);
    return new LeftOutException(reason);
  }

  private String text(@Nullable Object answer) throws NoAnswerException {
    Object value = answer instanceof Optional<?> optional ? optional.orElse(null) : answer;
    if (value == null) {
      throw new NoAnswerException("the agent returned null");
    }
    return field.in(value instanceof CharSequence ? value.toString() : json(value));
  }

  private static String json(Object value) {
    return Json.write(PlainValues.of(value));
  }
}
