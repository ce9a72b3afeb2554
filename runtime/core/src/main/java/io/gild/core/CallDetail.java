package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Usage;
import io.gild.core.spi.ContextCarrier;
import io.gild.core.spi.EffectJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The facts that only some calls have: tokens, money, models, failed and further attempts, effects.
 * Libraries and stages record them here, and read them as {@link CallFacts}.
 *
 * <p>Made on first use, so that a plain call does not pay for it. Guarded by its own monitor, since
 * streams and pools report from other threads.
 */
@Experimental
public final class CallDetail implements CallFacts {

  private final AgentCall call;

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
  private long waitedNanos;
  private Usage ownUsage = Usage.NONE;
  private long ownCostNanoUsd;
  private @Nullable String firstModel;

  /** The call's number within its runtime; 0 until it is read. */
  private long number;

  private @Nullable String routedModel;
  private @Nullable String routedTier;
  private boolean modelRequired;
  private String instructions = "";
  private final ModelFacts facts = new ModelFacts();
  private @Nullable InnerWork inner;
  private @Nullable List<Throwable> failures;
  private @Nullable EffectLedger ledger;
  private @Nullable EffectJournal effects;
  private ContextCarrier.@Nullable Captured carried;
  private @Nullable CallReference reference;

  CallDetail(AgentCall call) {
    this.call = call;
  }

  /**
   * Records the tokens of a request whose price does not depend on them: a model that runs in this
   * process costs nothing.
   *
   * @param model name of the model
   * @param tokens tokens of the request
   * @param nanoUsd billionths of a US dollar, or -1 if unknown
   */
  public void recordUsage(String model, Usage tokens, long nanoUsd) {
    AgentCall outermost = call;
    for (AgentCall each = call; each != null; each = each.parent()) {
      each.detail().add(model, tokens, nanoUsd);
      outermost = each;
    }
    addOwn(tokens, nanoUsd);
    outermost.detail().spend(call, model, tokens, nanoUsd);
    RuntimeScope runtime = call.method().runtime();
    runtime.ledger().add(outermost.method().spec().agent(), model, tokens, nanoUsd);
    if (runtime.events().usageRecorded.hasSubscribers()) {
      runtime.events().usageRecorded.publish(recorded(model, tokens, nanoUsd));
    }
  }

  private UsageRecorded recorded(String model, Usage tokens, long nanoUsd) {
    List<UsageRecorded.Enclosing> within = new ArrayList<>();
    boolean givenUp = CurrentCall.isAbandoned();
    for (AgentCall each = call; each != null; each = each.parent()) {
      int attempt = givenUp && each == call ? 0 : Math.max(1, each.attempts());
      within.add(new UsageRecorded.Enclosing(each.number(), attempt));
    }
    return new UsageRecorded(
        call.method().spec(), call.attribution(model), tokens, nanoUsd, within, call.isShadow());
  }

  synchronized void instruct(String text) {
    instructions = instructions.isEmpty() ? text : instructions + "\n\n" + text;
  }

  synchronized String instructions() {
    return instructions;
  }

  /**
   * Records why the model stopped.
   *
   * @param reason the provider's word, such as {@code stop}
   */
  public void recordFinishReason(String reason) {
    write(facts -> facts.finishReason = reason);
  }

  /**
   * Records the model of the request.
   *
   * @param model name of the model as the request has it
   */
  public void recordRequestModel(String model) {
    write(facts -> facts.requestModel = model);
  }

  /**
   * Records the provider of the model.
   *
   * @param provider a name of OpenTelemetry's GenAI conventions, such as {@code openai}
   */
  public void recordProvider(String provider) {
    write(facts -> facts.provider = provider);
  }

  /**
   * Records the service tier that processed the request, before its tokens.
   *
   * @param tier the provider's word, such as {@code flex} or {@code batch}
   */
  public void recordServiceTier(String tier) {
    write(facts -> facts.serviceTier = tier);
  }

  /** Ends what {@link #recordServiceTier} said: the next answer may not name its tier. */
  void forgetServiceTier() {
    write(facts -> facts.serviceTier = null);
  }

  /** Returns what the price of this call's present request depends on. */
  PricedRequest priced(String model) {
    String service = read(known -> known.serviceTier);
    return new PricedRequest(call.provider(), model, service, call.method().clock().now());
  }

  /**
   * Records the provider's name of the answer.
   *
   * @param id the identifier
   */
  public void recordResponseId(String id) {
    write(facts -> facts.responseId = id);
  }

  /**
   * Records which tools the model requested.
   *
   * @param names names of the tools in order, without any arguments
   */
  public void recordToolCalls(List<String> names) {
    List<String> copy = List.copyOf(names);
    write(facts -> facts.toolCalls = copy);
  }

  void recordFirstChunk() {
    long now = call.method().clock().nanoTime();
    write(facts -> {
      facts.streamed = true;
      facts.firstChunkNanos = now;
    });
  }

  private synchronized void addOwn(Usage added, long nanoUsd) {
    ownUsage = ownUsage.plus(added);
    ownCostNanoUsd += Math.max(0, nanoUsd);
  }

  private synchronized void spend(AgentCall by, String model, Usage tokens, long nanoUsd) {
    String requested = by.requestModel();
    String provider = by.provider();
    inner()
        .add(
            provider == null ? ModelCost.UNKNOWN : provider,
            requested == null ? model : requested,
            nanoUsd < 0
                ? ModelCost.UNPRICED
                : by.method().costByKind(by.detail().priced(model), tokens, nanoUsd));
  }

  private InnerWork inner() {
    if (inner == null) {
      inner = new InnerWork();
    }
    return inner;
  }

  @Override
  public synchronized List<ModelCost> modelCosts() {
    return inner == null ? List.of() : inner.list();
  }

  /** Records that a tool ran, in this call and those around it. */
  public void recordToolRun() {
    for (AgentCall each = call; each != null; each = each.parent()) {
      each.detail().addToolRun();
    }
  }

  private synchronized void addToolRun() {
    inner().toolRuns++;
  }

  @Override
  public synchronized int toolRuns() {
    return inner == null ? 0 : inner.toolRuns;
  }

  /** Records a call of a model that reported no tokens, in this call and those around it. */
  public void recordSilentInference() {
    for (AgentCall each = call; each != null; each = each.parent()) {
      each.detail().addSilentInference();
    }
  }

  private synchronized void addSilentInference() {
    inner().silentInferences++;
  }

  @Override
  public synchronized int inferenceCalls() {
    return modelCalls + (inner == null ? 0 : inner.silentInferences);
  }

  private synchronized void add(String model, Usage added, long nanoUsd) {
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
   * @param attempt number of the attempt, or 0 for one that was given up, in which no layer retries
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

  synchronized int mostRequestsPerAttempt() {
    return mostRequests;
  }

  @Override
  public synchronized long retryAfterNanos() {
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
    waitedNanos += nanos;
  }

  @Override
  public synchronized long waitedNanos() {
    return waitedNanos;
  }

  @Override
  public synchronized Usage ownUsage() {
    return ownUsage;
  }

  @Override
  public synchronized long ownCostNanoUsd() {
    return ownCostNanoUsd;
  }

  @Override
  public synchronized @Nullable String firstRoutedModel() {
    return firstModel;
  }

  @Override
  public synchronized int failedRequests() {
    return failedRequests;
  }

  synchronized long number() {
    if (number == 0) {
      number = call.method().runtime().nextCallNumber();
    }
    return number;
  }

  synchronized long waitNanos() {
    return waitNanos;
  }

  @Override
  public synchronized Usage usage() {
    return usage;
  }

  @Override
  public synchronized long costNanoUsd() {
    return costNanoUsd;
  }

  @Override
  public synchronized boolean costKnown() {
    return costKnown;
  }

  @Override
  public synchronized int modelCalls() {
    return modelCalls;
  }

  @Override
  public synchronized int httpAttempts() {
    return httpAttempts;
  }

  void route(@Nullable String model) {
    route(model, null);
  }

  synchronized void route(@Nullable String model, @Nullable String tier) {
    firstModel = firstModel == null ? model : firstModel;
    routedModel = model;
    routedTier = tier;
    modelRequired = false;
  }

  synchronized void require(@Nullable String model) {
    routedModel = model;
    routedTier = null;
    modelRequired = model != null;
  }

  synchronized boolean isModelRequired() {
    return modelRequired;
  }

  synchronized @Nullable String routedTier() {
    return routedTier;
  }

  @Override
  public synchronized @Nullable String routedModel() {
    return routedModel;
  }

  @Override
  public @Nullable String responseModel() {
    return read(known -> known.responseModel);
  }

  @Override
  public @Nullable String responseId() {
    return read(known -> known.responseId);
  }

  @Override
  public List<String> toolCalls() {
    List<String> names = read(known -> known.toolCalls);
    return names == null ? List.of() : names;
  }

  @Override
  public @Nullable String finishReason() {
    return read(known -> known.finishReason);
  }

  @Override
  public OptionalLong timeToFirstChunkNanos() {
    Long first = read(known -> known.streamed ? (Long) known.firstChunkNanos : null);
    return first == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, first - call.attemptStartNanos()));
  }

  /** Writes a fact that the model reported. */
  private synchronized void write(Consumer<ModelFacts> fact) {
    fact.accept(facts);
  }

  /** Reads a fact that the model reported. */
  synchronized <T> @Nullable T read(Function<ModelFacts, @Nullable T> fact) {
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
    ContextCarrier.Captured before = carried;
    carried = before == null ? context : () -> Carriers.install(List.of(before, context));
  }

  synchronized ContextCarrier.@Nullable Captured carried() {
    return carried;
  }

  synchronized CallReference reference() {
    if (reference == null || !reference.isOfPresentAttempt()) {
      AgentCall parent = call.parent();
      reference = new CallReference(call, parent == null ? null : parent.reference());
    }
    return reference;
  }

  /**
   * Sets the journal of the side effects inside of the call.
   *
   * @param journal the journal
   */
  public synchronized void effects(EffectJournal journal) {
    effects = journal;
  }

  /**
   * Returns the journal of the nearest call that has one, from this call outward.
   *
   * @return the journal, or {@code null} if there is none
   */
  public @Nullable EffectJournal effectsAround() {
    for (AgentCall each = call; each != null; each = each.parent()) {
      CallDetail known = each.knownDetail();
      EffectJournal journal = known == null ? null : known.effects();
      if (journal != null) {
        return journal;
      }
    }
    return null;
  }

  synchronized @Nullable EffectJournal effects() {
    return effects;
  }

  synchronized EffectLedger ledger() {
    if (ledger == null) {
      ledger = new EffectLedger();
    }
    return ledger;
  }
}
