package io.gild.reliability;

import io.gild.core.AgentCall;
import io.gild.core.CallDecision;
import io.gild.core.Counts;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Requests another attempt after a temporary failure.
 *
 * <p>Resilience4j keeps the count and the interval; it is not used before a failure.
 */
final class RetryStage extends Stage {

  private final Retry retry;
  private final long longestWaitNanos;
  private final int slot;
  private final MeterRecorder recovered;
  private final MeterRecorder exhausted;
  private final MeterRecorder notRetried;

  RetryStage(RetryPolicy policy, StageContext context) {
    FailureClassifier classifier =
        new FailureClassifier(policy.retryExceptions(), policy.ignoreExceptions());
    RetryConfig config =
        RetryConfig.<Object>custom()
            .maxAttempts(policy.maxAttempts())
            .intervalFunction(interval(policy, context.runtime().random()))
            .retryOnException(classifier::retryable)
            .build();
    this.retry = Retry.of(context.spec().id(), config);
    this.longestWaitNanos = policy.maxWaitDuration().toNanos();
    this.slot = context.newSlot();
    this.recovered = context.recorder(ReliabilityMeter.RETRIED.spec(), "recovered");
    this.exhausted = context.recorder(ReliabilityMeter.RETRIED.spec(), "exhausted");
    this.notRetried = context.recorder(ReliabilityMeter.RETRIED.spec(), "not_retried");
  }

  @Override
  public boolean enter(AgentCall call) {
    call.slot(slot, null);
    return true;
  }

  @Override
  public boolean exit(AgentCall call) {
    Throwable failure = call.failure();
    Retry.AsyncContext<?> context = (Retry.AsyncContext<?>) call.slot(slot);
    if (failure == null) {
      if (context != null) {
        recovered.record(1);
      }
      return false;
    }
    if (!call.replaceable()) {
      (context == null ? notRetried : exhausted).record(1);
      return false;
    }
    boolean first = context == null;
    if (context == null) {
      context = retry.asyncContext();
      call.slot(slot, context);
    }
    long waitMillis = context.onError(failure);
    if (waitMillis < 0) {
      (first ? notRetried : exhausted).record(1);
      return false;
    }
    long requested = Math.min(call.facts().retryAfterNanos(), longestWaitNanos);
    long wait = Math.max(requested, TimeUnit.MILLISECONDS.toNanos(waitMillis));
    call.waitFor(wait);
    publish(call, failure, wait);
    return true;
  }

  private static void publish(AgentCall call, Throwable failure, long waitNanos) {
    if (CallDecision.isWanted(call)) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("attempt", call.attempts());
      facts.put("waitMillis", TimeUnit.NANOSECONDS.toMillis(waitNanos));
      facts.put("error", failure.getClass().getName());
      CallDecision.publish(call, Counts.Event.RETRY, facts);
    }
  }

  /** Exponential with jitter: wait × multiplierⁿ⁻¹ × (1 ± factor), never above the maximum. */
  private static IntervalFunction interval(RetryPolicy policy, RandomGenerator random) {
    double first = policy.waitDuration().toMillis();
    double most = policy.maxWaitDuration().toMillis();
    return attempt -> {
      double grown = Math.min(most, first * Math.pow(policy.multiplier(), attempt - 1));
      double jitter = 1 + policy.randomizedWaitFactor() * (2 * random.nextDouble() - 1);
      return Math.round(Math.min(most, grown * jitter));
    };
  }
}
