package io.gild.core;

import io.gild.config.Usage;
import io.gild.core.spi.ContextCarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What only some calls need: money, models, failed and further attempts, effects.
 *
 * <p>Made on first use, so that a plain call does not pay for it. Guarded by its own monitor, since
 * streams and pools report from other threads.
 */
final class CallDetail {

  private Usage usage = Usage.NONE;
  private long costNanoUsd;
  private boolean costKnown = true;
  private int modelCalls;
  private int httpAttempts;
  private int failedRequests;
  private int requests;
  private int requestsOf;
  private int mostRequests;
  private long retryAfterNanos;
  private long attemptStartNanos;
  private long waitNanos;

  /** The call's number within its runtime; 0 until someone hears of the call. */
  private long number;

  private @Nullable String routedModel;
  private final ModelFacts facts = new ModelFacts();
  private @Nullable List<Throwable> failures;
  private @Nullable EffectLedger ledger;
  private ContextCarrier.@Nullable Captured carried;
  private @Nullable CallReference reference;

  synchronized void record(String model, Usage added, long nanoUsd) {
    usage = usage.plus(added);
    modelCalls++;
    facts.responseModel = model;
    if (nanoUsd < 0) {
      costKnown = false;
    } else {
      costNanoUsd += nanoUsd;
    }
  }

  /**
   * Counts a physical request; returns how many the same attempt sent before.
   *
   * @param attempt number of the attempt, or 0 for one that was given up: no layer retries there
   */
  synchronized int recordHttpAttempt(int attempt) {
    httpAttempts++;
    if (attempt == 0) {
      return 0;
    }
    if (attempt != requestsOf) {
      requestsOf = attempt;
      requests = 0;
    }
    requests++;
    mostRequests = Math.max(mostRequests, requests);
    return requests - 1;
  }

  synchronized void requestEnded(boolean failed, long nanosToWait) {
    failedRequests += failed ? 1 : 0;
    retryAfterNanos = nanosToWait;
  }

  synchronized int failedRequests() {
    return failedRequests;
  }

  synchronized int mostRequestsPerAttempt() {
    return mostRequests;
  }

  synchronized long retryAfterNanos() {
    return retryAfterNanos;
  }

  synchronized void attemptStartNanos(long nanos) {
    attemptStartNanos = nanos;
  }

  synchronized long attemptStartNanos() {
    return attemptStartNanos;
  }

  synchronized void waitNanos(long nanos) {
    waitNanos = nanos;
  }

  synchronized long number(AgentCall call) {
    if (number == 0) {
      number = call.method().runtime().nextCallNumber();
    }
    return number;
  }

  synchronized long knownNumber() {
    return number;
  }

  synchronized long waitNanos() {
    return waitNanos;
  }

  synchronized Usage usage() {
    return usage;
  }

  synchronized long costNanoUsd() {
    return costNanoUsd;
  }

  synchronized boolean costKnown() {
    return costKnown;
  }

  synchronized int modelCalls() {
    return modelCalls;
  }

  synchronized int httpAttempts() {
    return httpAttempts;
  }

  synchronized void route(@Nullable String model) {
    routedModel = model;
  }

  synchronized @Nullable String routedModel() {
    return routedModel;
  }

  /** Writes something that the model told. */
  synchronized void learn(Consumer<ModelFacts> fact) {
    fact.accept(facts);
  }

  /** Reads something that the model told. */
  synchronized <T> @Nullable T told(Function<ModelFacts, @Nullable T> fact) {
    return fact.apply(facts);
  }

  synchronized void failed(Throwable failure) {
    if (failures == null) {
      failures = new ArrayList<>(2);
    }
    failures.add(failure);
  }

  synchronized List<Throwable> failures() {
    return failures == null ? List.of() : List.copyOf(failures);
  }

  synchronized void carry(ContextCarrier.Captured context) {
    carried = context;
  }

  synchronized ContextCarrier.@Nullable Captured carried() {
    return carried;
  }

  synchronized CallReference reference(AgentCall call) {
    if (reference == null || !reference.isOfPresentAttempt()) {
      AgentCall parent = call.parent();
      reference = new CallReference(call, parent == null ? null : parent.reference());
    }
    return reference;
  }

  synchronized EffectLedger ledger() {
    if (ledger == null) {
      ledger = new EffectLedger();
    }
    return ledger;
  }
}
