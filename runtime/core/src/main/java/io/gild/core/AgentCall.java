package io.gild.core;

import io.gild.config.Usage;
import io.gild.core.spi.AttemptRunner;
import io.gild.core.spi.ContextCarrier;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One governed call on its way through the pipeline.
 *
 * <p>The code that intercepts the method drives it step by step, so that the method's own code runs
 * where it always ran, on the caller's thread and stack:
 *
 * <pre>{@code
 * AgentCall call = method.begin(this, question);
 * while (call.proceed()) {
 *   try {
 *     call.returned(super.answer(question));
 *   } catch (Throwable failure) {
 *     call.threw(failure);
 *   }
 * }
 * return (String) call.result();
 * }</pre>
 *
 * <p>One thread at a time drives a call; tokens and HTTP attempts may be recorded from any thread.
 */
public final class AgentCall extends CallSteps {

  private final @Nullable Object self;
  private final @Nullable Object[] arguments;
  private final @Nullable AgentCall parent;
  private @Nullable Object @Nullable [] slots;
  private final boolean reporting;
  private boolean rewritten;
  private boolean asynchronous;
  private volatile boolean fresh;
  private @Nullable String cacheResult;
  private volatile @Nullable CallDetail detail;

  private AgentCall(
      Plan wholePlan,
      @Nullable Object self,
      @Nullable Object[] arguments,
      @Nullable AgentCall parent,
      boolean reporting) {
    super(parent == null ? wholePlan : wholePlan.inside(parent.plan.carried));
    this.self = self;
    this.arguments = arguments;
    this.parent = parent;
    this.reporting = reporting;
  }

  /** Begins a call inside the thread's current one and makes it the current one. */
  static AgentCall begin(Plan plan, @Nullable Object self, @Nullable Object[] arguments) {
    @Nullable Object[] cell = CurrentCall.cell();
    AgentCall call = new AgentCall(plan, self, arguments, (AgentCall) cell[0], false);
    cell[0] = call;
    return call;
  }

  /** Makes a call that the javaagent governs, and that the application may report tokens to. */
  static AgentCall reporting(
      GovernedMethod method, @Nullable Object self, @Nullable Object[] arguments) {
    return new AgentCall(method.emptyPlan(), self, arguments, null, true);
  }

  /**
   * Returns the innermost governed call that the current thread is in.
   *
   * @return the call, or {@code null} outside of any
   */
  public static @Nullable AgentCall current() {
    return CurrentCall.get();
  }

  /**
   * Runs something on another thread as a part of this call.
   *
   * @param body what to run
   * @return what it returned
   * @throws Throwable what it threw
   */
  public @Nullable Object inThisCall(Body body) throws Throwable {
    AgentCall previous = CurrentCall.enter(this);
    try {
      return body.run(arguments);
    } finally {
      CurrentCall.leave(previous);
    }
  }

  /**
   * Runs an attempt on another thread as a part of this call.
   *
   * @param body what to run
   * @param attempt the attempt, which may be abandoned meanwhile
   * @return what it returned
   * @throws Throwable what it threw
   */
  public @Nullable Object inThisCall(Body body, RunningAttempt attempt) throws Throwable {
    RunningAttempt before = CurrentCall.attempt(attempt);
    try {
      return inThisCall(body);
    } finally {
      CurrentCall.attempt(before);
    }
  }

  /**
   * Returns the innermost call on this one's way outward that is not over: the one to which a task
   * belongs that was begun in this call and may outlive it.
   *
   * @return this call or one around it, or {@code null} if all are over
   */
  public @Nullable AgentCall live() {
    AgentCall call = this;
    while (call != null && call.over()) {
      call = call.parent;
    }
    return call;
  }

  /**
   * Returns what others may keep of this call without keeping it alive.
   *
   * @return the call's one reference
   */
  public CallReference reference() {
    return detail().reference(this);
  }

  /**
   * Makes this call the current one of another thread than its own, for a while.
   *
   * @return what to give to {@link #leave}, or {@code null}
   */
  public @Nullable AgentCall join() {
    return CurrentCall.enter(this);
  }

  /**
   * Gives the current thread back to what it was in before {@link #join}.
   *
   * @param previous what {@code join} returned
   */
  public static void leave(@Nullable AgentCall previous) {
    CurrentCall.leave(previous);
    if (previous == null) {
      CurrentCall.attempt(null);
    }
  }

  // ------------------------------------------------------------------------- for stages

  /**
   * Settles the call with a result, instead of running what lies inside.
   *
   * @param result what the caller gets
   */
  public void settle(@Nullable Object result) {
    returned(result);
  }

  /**
   * Asks for a wait before the next attempt; for a stage whose exit is about to return {@code
   * true}.
   *
   * @param nanos nanoseconds, zero or more
   */
  public void waitFor(long nanos) {
    detail().waitNanos(nanos);
  }

  @Nullable AttemptRunner runner() {
    AttemptRunner runner = isOnce() ? null : plan.runner;
    return runner == null || method().keepsThread(self) ? null : runner;
  }

  @Override
  long waitNanos() {
    CallDetail known = detail;
    return known == null ? 0 : known.waitNanos();
  }

  @Override
  void forgetWait() {
    CallDetail known = detail;
    if (known != null) {
      known.waitNanos(0);
    }
  }

  void becomeAsynchronous() {
    asynchronous = true;
  }

  /**
   * Returns whether the call may end on another thread than the one it began on.
   *
   * @return {@code true} if a stage must leave nothing on the thread behind
   */
  public boolean asynchronous() {
    return asynchronous;
  }

  /**
   * Records what a cache did for the call.
   *
   * @param result {@code hit}, {@code shared} with a concurrent call, or {@code miss}
   */
  public void recordCacheResult(String result) {
    cacheResult = result;
  }

  /**
   * Returns what a cache did for the call.
   *
   * @return {@code hit}, {@code shared} or {@code miss}; {@code null} if no cache was asked
   */
  public @Nullable String cacheResult() {
    return cacheResult;
  }

  /**
   * Asks the request itself for the model it would have asked, where a cache answered or a policy
   * refused.
   */
  private void describe() {
    if (arguments.length > 0
        && arguments[arguments.length - 1] instanceof DescribesItself request
        && told(facts -> facts.provider) == null) {
      try {
        request.describe(this);
      } catch (RuntimeException | LinkageError fault) {
        GildLog.faultOnce("Describing a request", fault);
      }
    }
  }

  /** Lets nothing inside of this call be answered from a cache, or remembered by one. */
  public void askFresh() {
    fresh = true;
  }

  /**
   * Returns whether the answer must be made now.
   *
   * @return {@code true} if this call or one around it {@linkplain #askFresh() asks fresh}
   */
  public boolean isFresh() {
    for (AgentCall call = this; call != null; call = call.parent) {
      if (call.fresh) {
        return true;
      }
    }
    return false;
  }

  /**
   * Gives an {@linkplain #asynchronous() asynchronous} call an ambient context, which is installed
   * while the method's own code starts.
   *
   * @param context the context
   */
  public void carry(ContextCarrier.Captured context) {
    detail().carry(context);
  }

  Runnable installCarried() {
    CallDetail known = detail;
    ContextCarrier.Captured context = known == null ? null : known.carried();
    return context == null ? () -> {} : GildRuntime.install(List.of(context));
  }

  /**
   * Takes note of how to end what the present thread's attempt begins to wait for, in case a time
   * limit abandons that attempt: an interrupt may not be heard, and closing may have to wait.
   *
   * @param resource what is ended; held weakly
   * @param end ends it, from any thread, and does nothing if it is over; must not refer to the
   *     resource
   * @param <T> type of the resource
   */
  public static <T> void releasedBy(T resource, Consumer<? super T> end) {
    RunningAttempt attempt = CurrentCall.attempt();
    if (attempt != null) {
      attempt.releasedBy(resource, end);
    }
  }

  /**
   * Returns what a stage keeps for this call.
   *
   * @param index the index the stage reserved
   * @return the object kept, or {@code null}
   */
  public @Nullable Object slot(int index) {
    @Nullable Object[] known = slots;
    return known == null ? null : known[index];
  }

  /**
   * Returns what some stage keeps for this call.
   *
   * @param type the type of it
   * @param <T> the same
   * @return the first object of that type, or {@code null}
   */
  public <T> @Nullable T slot(Class<T> type) {
    @Nullable Object[] known = slots;
    if (known != null) {
      for (Object object : known) {
        if (type.isInstance(object)) {
          return type.cast(object);
        }
      }
    }
    return null;
  }

  /**
   * Keeps something for this call.
   *
   * @param index the index the stage reserved
   * @param object what to keep
   */
  public void slot(int index, @Nullable Object object) {
    @Nullable Object[] known = slots;
    if (known == null) {
      if (object == null) {
        return;
      }
      known = new @Nullable Object[plan.slots];
      slots = known;
    }
    known[index] = object;
  }

  /**
   * Replaces an argument before the next attempt.
   *
   * @param index position of the argument
   * @param argument the new value
   */
  public void argument(int index, @Nullable Object argument) {
    arguments[index] = argument;
    rewritten = true;
  }

  /**
   * Chooses the model that the next attempt asks.
   *
   * @param model name of the model
   */
  public void routeTo(String model) {
    detail().route(model);
  }

  // ------------------------------------------------------------------------- reports from inside

  /**
   * Records the tokens of one model request, for this call and all calls around it.
   *
   * @param model name of the model as its provider reports it
   * @param usage tokens of the request
   */
  public void recordUsage(String model, Usage usage) {
    if (reporting) {
      Attachment.recordUsage(model, usage.toArray());
      return;
    }
    recordUsage(model, usage, method().runtime().price(model, usage));
  }

  /**
   * Records the tokens of a request whose price does not depend on them: a model that runs in this
   * process costs nothing.
   *
   * @param model name of the model
   * @param usage tokens of the request
   * @param nanoUsd billionths of a US dollar, or -1 if unknown
   */
  public void recordUsage(String model, Usage usage, long nanoUsd) {
    AgentCall outermost = this;
    for (AgentCall call = this; call != null; call = call.parent) {
      call.detail().record(model, usage, nanoUsd);
      outermost = call;
    }
    method().runtime().ledger().add(outermost.method().spec().agent(), model, usage, nanoUsd);
  }

  /** Records one physical request, for this call and all calls around it. */
  public void recordHttpAttempt() {
    countHttpAttempt(CurrentCall.isAbandoned());
  }

  /** Counts a request that goes out; returns how many this call's attempt sent before it. */
  private int countHttpAttempt(boolean abandoned) {
    method().runtime().recordHttpAttempt();
    int before = 0;
    for (AgentCall call = this; call != null; call = call.parent) {
      call.method().counts().add(Counts.Event.HTTP_ATTEMPT);
      int sent = call.detail().recordHttpAttempt(abandoned ? 0 : call.attempts());
      before = call == this ? sent : before;
    }
    return before;
  }

  /**
   * Begins one physical request, for this call and all calls around it.
   *
   * @param httpMethod such as {@code POST}, or {@code null} if unknown
   * @param host the server's name; empty if unknown
   * @param port the server's port; -1 if unknown
   * @return takes the request's end
   * @throws AttemptsExhausted if it must not be sent, because {@code limits.max-failed-requests}
   *     have failed within the outermost call
   */
  public HttpAttempt httpAttempt(@Nullable String httpMethod, String host, int port) {
    return httpAttempt(httpMethod, host, port, CurrentCall.isAbandoned());
  }

  /**
   * Begins one physical request, for this call and all calls around it.
   *
   * @param httpMethod such as {@code POST}, or {@code null} if unknown
   * @param host the server's name; empty if unknown
   * @param port the server's port; -1 if unknown
   * @param abandoned whether it belongs to an attempt that was given up, and goes on all the same
   * @return takes the request's end
   * @throws AttemptsExhausted if it must not be sent, because {@code limits.max-failed-requests}
   *     have failed within the outermost call
   */
  public HttpAttempt httpAttempt(
      @Nullable String httpMethod, String host, int port, boolean abandoned) {
    if (!mayAttempt()) {
      AgentCall outermost = outermost();
      throw new AttemptsExhausted(
          outermost.method().spec().agent(), outermost.detail().failedRequests());
    }
    HttpAttempt attempt =
        new HttpAttempt(this, httpMethod, host, port, countHttpAttempt(abandoned), abandoned);
    Runnable remove = asynchronous ? installCarried() : () -> {};
    try {
      attempt.begin(method().runtime().listenerArray());
    } finally {
      remove.run();
    }
    return attempt;
  }

  /**
   * Returns whether another physical request may be sent.
   *
   * @return {@code false} if {@code limits.max-failed-requests} have failed within the outermost
   *     call
   */
  public boolean mayAttempt() {
    AgentCall outermost = outermost();
    int most = method().runtime().maxFailedRequests(outermost.method().spec());
    CallDetail known = outermost.detail;
    return most == 0 || known == null || known.failedRequests() < most;
  }

  private AgentCall outermost() {
    AgentCall outermost = this;
    for (AgentCall call = parent; call != null; call = call.parent) {
      outermost = call;
    }
    return outermost;
  }

  @Override
  void observeLayers() {
    CallDetail known = detail;
    int requests = known == null ? 0 : known.mostRequestsPerAttempt();
    boolean model = method().spec().kind().isModel();
    if (attempts() < 2 && (requests < 2 || !model)) {
      return;
    }
    GovernedMethod around = outermost().method();
    if (model) {
      around.retryLayers().sawModel(attempts(), requests);
    } else if (parent == null) {
      around.retryLayers().sawAgent(attempts());
    }
    around.retryLayers().tellOnce(around.spec().id());
  }

  /**
   * Records why the model stopped.
   *
   * @param reason the provider's word, such as {@code stop}
   */
  public void recordFinishReason(String reason) {
    detail().learn(facts -> facts.finishReason = reason);
  }

  /**
   * Records which model the request asks.
   *
   * @param model name of the model as the request has it
   */
  public void recordRequestModel(String model) {
    detail().learn(facts -> facts.requestModel = model);
  }

  /**
   * Records who serves the model.
   *
   * @param provider a name of OpenTelemetry's GenAI conventions, such as {@code openai}
   */
  public void recordProvider(String provider) {
    detail().learn(facts -> facts.provider = provider);
  }

  /**
   * Records the provider's name of the answer.
   *
   * @param id the identifier
   */
  public void recordResponseId(String id) {
    detail().learn(facts -> facts.responseId = id);
  }

  /**
   * Records which tools the model asked for.
   *
   * @param names names of the tools in order, without any arguments
   */
  public void recordToolCalls(List<String> names) {
    List<String> copy = List.copyOf(names);
    detail().learn(facts -> facts.toolCalls = copy);
  }

  @Override
  void recordFirstChunk() {
    long now = method().clock().nanoTime();
    detail()
        .learn(facts -> {
          facts.streamed = true;
          facts.firstChunkNanos = now;
        });
  }

  // ------------------------------------------------------------------------- what is known

  /**
   * Returns the method that is called.
   *
   * @return the method
   */
  public GovernedMethod method() {
    return plan.method;
  }

  /**
   * Returns the object whose method is called.
   *
   * @return the object, or {@code null} for a static method
   */
  public @Nullable Object self() {
    return self;
  }

  /**
   * Returns the arguments, as rewritten by policies.
   *
   * @return the array itself; not to be changed but through {@link #argument(int, Object)}
   */
  public @Nullable Object[] arguments() {
    return arguments;
  }

  /**
   * Returns whether a policy replaced an argument.
   *
   * @return {@code true} if {@link #arguments()} differ from what the caller gave
   */
  public boolean rewritten() {
    return rewritten;
  }

  /**
   * Returns one argument.
   *
   * @param index its position
   * @return the argument
   */
  public @Nullable Object argument(int index) {
    return arguments[index];
  }

  /**
   * Returns the governed call around this one.
   *
   * @return the call, or {@code null} if this is the outermost
   */
  public @Nullable AgentCall parent() {
    return parent;
  }

  /**
   * Returns when the call began.
   *
   * @return nanoseconds of the runtime's clock
   */
  public long startNanos() {
    return startNanos;
  }

  /**
   * Returns when the present attempt began.
   *
   * @return nanoseconds of the runtime's clock
   */
  public long attemptStartNanos() {
    CallDetail known = detail;
    return known == null || attempts() < 2 ? startNanos : known.attemptStartNanos();
  }

  /**
   * Returns the model chosen for this call or the nearest one around it.
   *
   * @return the model, or {@code null} if nothing was chosen
   */
  public @Nullable String routedModel() {
    for (AgentCall call = this; call != null; call = call.parent) {
      CallDetail known = call.detail;
      String model = known == null ? null : known.routedModel();
      if (model != null) {
        return model;
      }
    }
    return null;
  }

  /**
   * Returns the model that answered last.
   *
   * @return its name as the provider reports it, or {@code null} if none did
   */
  public @Nullable String responseModel() {
    return told(facts -> facts.responseModel);
  }

  /**
   * Returns the model that was asked last.
   *
   * @return the model of the request if that was recorded, or else the one {@linkplain
   *     #routedModel() routed to}; {@code null} if neither is known
   */
  public @Nullable String requestModel() {
    describe();
    String asked = told(facts -> facts.requestModel);
    return asked == null ? routedModel() : asked;
  }

  /**
   * Returns who serves the model.
   *
   * @return the provider, or {@code null} if unknown
   */
  public @Nullable String provider() {
    describe();
    return told(facts -> facts.provider);
  }

  /**
   * Returns the provider's name of the answer.
   *
   * @return the identifier, or {@code null} if unknown
   */
  public @Nullable String responseId() {
    return told(facts -> facts.responseId);
  }

  /**
   * Returns which tools the model asked for.
   *
   * @return their names in order
   */
  public List<String> toolCalls() {
    List<String> names = told(facts -> facts.toolCalls);
    return names == null ? List.of() : names;
  }

  /**
   * Returns how long the last attempt took to its first piece of the answer.
   *
   * @return nanoseconds, or empty if the answer did not come in pieces
   */
  public OptionalLong timeToFirstChunkNanos() {
    Long first = told(facts -> facts.streamed ? (Long) facts.firstChunkNanos : null);
    return first == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, first - attemptStartNanos()));
  }

  private <T> @Nullable T told(Function<ModelFacts, @Nullable T> fact) {
    CallDetail known = detail;
    return known == null ? null : known.told(fact);
  }

  /**
   * Returns why the model stopped.
   *
   * @return the provider's word, or {@code null} if unknown
   */
  public @Nullable String finishReason() {
    return told(facts -> facts.finishReason);
  }

  /**
   * Returns the tokens used so far.
   *
   * @return tokens of all model requests inside
   */
  public Usage usage() {
    CallDetail known = detail;
    return known == null ? Usage.NONE : known.usage();
  }

  /**
   * Returns the money spent so far.
   *
   * @return billionths of a US dollar
   */
  public long costNanoUsd() {
    CallDetail known = detail;
    return known == null ? 0 : known.costNanoUsd();
  }

  /**
   * Returns the money spent so far.
   *
   * @return US dollars
   */
  public BigDecimal costUsd() {
    return BigDecimal.valueOf(costNanoUsd(), 9);
  }

  /**
   * Returns whether every model inside had a known price.
   *
   * @return {@code false} if the money is a lower bound
   */
  public boolean costKnown() {
    CallDetail known = detail;
    return known == null || known.costKnown();
  }

  /**
   * Returns the number of model requests that reported tokens.
   *
   * @return zero or more
   */
  public int modelCalls() {
    CallDetail known = detail;
    return known == null ? 0 : known.modelCalls();
  }

  /**
   * Returns the number of physical requests seen.
   *
   * @return zero or more
   */
  public int httpAttempts() {
    CallDetail known = detail;
    return known == null ? 0 : known.httpAttempts();
  }

  /**
   * Returns how long the provider asked to wait when it turned the last physical request down.
   *
   * @return nanoseconds; 0 if it did not ask
   */
  public long retryAfterNanos() {
    CallDetail known = detail;
    return known == null ? 0 : known.retryAfterNanos();
  }

  /**
   * Returns how each failed attempt ended.
   *
   * @return the failures in order
   */
  public List<Throwable> attemptFailures() {
    CallDetail known = detail;
    return known == null ? List.of() : known.failures();
  }

  @Override
  CallDetail detail() {
    CallDetail known = detail;
    if (known == null) {
      synchronized (this) {
        known = detail;
        if (known == null) {
          known = new CallDetail();
          detail = known;
        }
      }
    }
    return known;
  }
}
