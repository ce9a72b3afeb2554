package io.gild.versions;

import io.gild.config.Experimental;
import io.gild.core.CallFacts;
import io.gild.core.MethodSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers of both versions to one call. It holds objects of the application and customers'
 * texts: it must not be logged, or kept longer than a comparison takes.
 *
 * @param rollout name of the rollout
 * @param method the method, as the present version describes it
 * @param version name of the new version
 * @param arguments the caller's arguments
 * @param stable the answer that the caller got
 * @param canary the answer that only this comparison gets
 * @param refusedEffects how many side effects the new version asked for that the present version
 *     had not run with the same arguments: they did not run, so the new version may have answered
 *     differently than it would in earnest
 */
@Experimental
public record ShadowResult(
    String rollout,
    MethodSpec method,
    String version,
    List<@Nullable Object> arguments,
    Answer stable,
    Answer canary,
    int refusedEffects) {

  /**
   * One answer.
   *
   * @param value the result; the caller's own object for the present version, which must not be
   *     changed
   * @param failure what was thrown, or {@code null}
   * @param elapsed time since the call began
   * @param facts tokens, money and what the model reported
   */
  public record Answer(
      @Nullable Object value, @Nullable Throwable failure, Duration elapsed, CallFacts facts) {}

  /** Copies the arguments. */
  public ShadowResult {
    arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
  }
}
