package io.gild.core;

import io.gild.core.spi.AttemptRunner;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StreamGuard;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The path of a call through its stages: inward to the method, outward with its outcome, and inward
 * again if a stage requests this.
 */
final class DrivenCall extends AgentCall {

  /** What {@link #advance} found. */
  enum Step {
    /** Run the method. */
    RUN,
    /** Wait for {@link #waitNanos()}, then advance again. */
    WAIT,
    /** The call is over. */
    DONE
  }

  /** The method's own code runs, and the call has to be judged next. */
  private static final byte RUNNING = -1;

  private static final byte OVER = -2;

  private final Plan plan;

  /** The next stage, or else {@link #RUNNING} or {@link #OVER}. */
  private byte next;

  private int entered;
  private boolean once;

  private DrivenCall(
      Plan plan,
      @Nullable Object self,
      @Nullable Object[] arguments,
      @Nullable AgentCall parent,
      @Nullable Map<String, String> labels,
      boolean reporting) {
    super(self, arguments, parent, labels, reporting, plan.method.clock().nanoTime());
    this.plan = plan;
  }

  /** Begins a call inside the thread's current one and makes it the current one. */
  static DrivenCall begin(Plan plan, @Nullable Object self, @Nullable Object[] arguments) {
    @Nullable Object[] cell = CurrentCall.cell();
    AgentCall parent = (AgentCall) cell[0];
    Plan own = parent == null ? plan : plan.inside(parent.carried());
    DrivenCall call = new DrivenCall(own, self, arguments, parent, CurrentCall.labels(cell), false);
    cell[0] = call;
    return call;
  }

  /** Makes a call that the javaagent governs, and that the application may report tokens to. */
  static DrivenCall reporting(Plan emptyPlan, @Nullable Object self, @Nullable Object[] arguments) {
    return new DrivenCall(emptyPlan, self, arguments, null, null, true);
  }

  @Override
  public MethodScope method() {
    return plan.method;
  }

  @Override
  int carried() {
    return plan.carried;
  }

  @Override
  int slotCount() {
    return plan.slots;
  }

  @Override
  public boolean proceed() {
    while (true) {
      switch (advance()) {
        case RUN:
          return true;
        case DONE:
          return false;
        case WAIT:
          if (!sleep()) {
            finish();
            return false;
          }
      }
    }
  }

  /** Never throws: if Gild fails, the call continues ungoverned. */
  Step advance() {
    try {
      return step();
    } catch (Throwable fault) {
      return stepAside(fault);
    }
  }

  /** Ends the call in its present state; if the method has not run yet, it runs ungoverned. */
  private Step stepAside(Throwable fault) {
    boolean run = attempts == 0 && next >= 0;
    entered = 0;
    next = run ? RUNNING : OVER;
    if (!run) {
      CurrentCall.leaveIf(this);
    }
    GildLog.faultOnce("A call of " + plan.method.spec().id(), fault);
    return run ? Step.RUN : Step.DONE;
  }

  private Step step() {
    if (next >= 0) {
      forgetWait();
      announce();
      return descend(next);
    }
    if (next == OVER) {
      return Step.DONE;
    }
    attemptEndNanos = plan.method.clock().nanoTime();
    Throwable failure = failure();
    if (failure != null) {
      detail().failed(failure);
    }
    Events events = plan.method.runtime().events();
    if (events.attemptEnded.hasSubscribers()) {
      CallEvents.attemptEnded(this, events);
    }
    return ascend(plan.stages.length - 1);
  }

  private void announce() {
    Events events = plan.method.runtime().events();
    if (attempts == 0 && next == 0 && events.callStarted.hasSubscribers()) {
      CallEvents.started(this, events);
    }
  }

  private Step descend(int from) {
    Stage[] stages = plan.stages;
    for (int i = from; i < stages.length; i++) {
      boolean inward;
      try {
        inward = stages[i].enter(this);
        entered |= 1 << i;
      } catch (CallRefused refusal) {
        threw(refusal);
        return ascend(i - 1);
      } catch (Throwable fault) {
        entered &= ~(1 << i);
        GildLog.faultOnce(stages[i].getClass().getSimpleName(), fault);
        continue;
      }
      if (!inward) {
        return ascend(i - 1);
      }
    }
    next = RUNNING;
    if (attempts++ > 0) {
      detail().attemptStartNanos(plan.method.clock().nanoTime());
      plan.method.counts().add(Counts.Event.RETRY);
      plan.method.counts().add(Counts.Event.ATTEMPT);
    }
    return Step.RUN;
  }

  private Step ascend(int from) {
    Stage[] stages = plan.stages;
    for (int i = from; i >= 0; i--) {
      if ((entered & (1 << i)) == 0) {
        continue;
      }
      boolean again;
      try {
        again = stages[i].exit(this);
      } catch (Throwable fault) {
        GildLog.faultOnce(stages[i].getClass().getSimpleName(), fault);
        continue;
      }
      if (again && replaceable() && !once) {
        next = (byte) (i + 1);
        return waitNanos() > 0 ? Step.WAIT : descend(next);
      }
    }
    finish();
    return Step.DONE;
  }

  /** Returns the wait that a stage requested before the next attempt. */
  long waitNanos() {
    CallDetail known = knownDetail();
    return known == null ? 0 : known.waitNanos();
  }

  private void forgetWait() {
    CallDetail known = knownDetail();
    if (known != null) {
      known.waitNanos(0);
    }
  }

  private boolean sleep() {
    try {
      plan.method.clock().sleep(waitNanos());
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      leaveStages(next - 2);
      return false;
    } catch (RuntimeException | Error fault) {
      GildLog.faultOnce("Waiting for the next attempt", fault);
      return true;
    }
  }

  /** Ends a call that no one waits for any more, without any further attempt. */
  void abandon(Throwable reason) {
    if (next != OVER) {
      cancelled = true;
      fail(reason);
    }
  }

  /** Ends a call with a failure after which no one waits for a further attempt. */
  void fail(Throwable reason) {
    if (next != OVER) {
      threw(reason);
      leaveStages(next >= 0 ? next - 2 : plan.stages.length - 1);
      finish();
    }
  }

  /** Leaves the stages from one outward with the unchanged failure; nothing is repeated. */
  private void leaveStages(int from) {
    for (int i = from; i >= 0; i--) {
      try {
        if ((entered & (1 << i)) != 0) {
          plan.stages[i].exit(this);
        }
      } catch (Throwable fault) {
        GildLog.faultOnce(plan.stages[i].getClass().getSimpleName(), fault);
      }
    }
  }

  @Override
  @Nullable CallRefused passed(@Nullable Object element) {
    for (int i = 0; i < plan.stages.length; i++) {
      if (plan.stages[i] instanceof StreamGuard guard && (entered & (1 << i)) != 0) {
        try {
          guard.passed(this, element);
        } catch (CallRefused refusal) {
          return refusal;
        } catch (Throwable fault) {
          GildLog.faultOnce(plan.stages[i].getClass().getSimpleName(), fault);
        }
      }
    }
    return null;
  }

  @Override
  boolean over() {
    return next == OVER;
  }

  private void finish() {
    if (next == OVER) {
      return;
    }
    next = OVER;
    CurrentCall.leaveIf(this);
    count(plan.method.counts());
    observeLayers();
    Events events = plan.method.runtime().events();
    if (events.callEnded.hasSubscribers()) {
      CallEvents.ended(this, events);
    }
    for (CallListener listener : plan.listeners.all()) {
      try {
        listener.onCallCompleted(this);
      } catch (Throwable fault) {
        GildLog.faultOnce(listener.getClass().getSimpleName(), fault);
      }
    }
  }

  /** Counts the first attempt, if there was one, together with the outcome. */
  private void count(Counts counts) {
    Throwable last = failure();
    if (last == null && attempts == 1) {
      counts.addSmooth();
      return;
    }
    if (attempts > 0) {
      counts.add(Counts.Event.ATTEMPT);
    }
    if (last == null) {
      counts.add(Counts.Event.SUCCEEDED);
    } else if (cancelled) {
      counts.add(Counts.Event.CANCELLED);
    } else if (last instanceof CallRefused) {
      counts.add(Counts.Event.REFUSED);
    } else {
      counts.add(Counts.Event.FAILED);
      attachAttempts(last);
    }
  }

  private void attachAttempts(Throwable last) {
    if (attempts > 1 && CallFailed.of(last).isEmpty()) {
      last.addSuppressed(new CallFailed(plan.method.spec().agent(), detail().failures()));
    }
  }

  private void observeLayers() {
    CallDetail known = knownDetail();
    int requests = known == null ? 0 : known.mostRequestsPerAttempt();
    boolean model = method().spec().kind().isModel();
    if (attempts() < 2 && (requests < 2 || !model)) {
      return;
    }
    MethodScope around = outermost().method();
    if (model) {
      around.retryLayers().sawModel(attempts(), requests);
    } else if (parent() == null) {
      around.retryLayers().sawAgent(attempts());
    }
    around.retryLayers().logOnce(around.spec().id());
  }

  /** Prevents every repetition in the call, even if its stages request one. */
  void once() {
    once = true;
  }

  @Nullable AttemptRunner runner() {
    AttemptRunner runner = once ? null : plan.runner;
    return runner == null || method().keepsThread(self()) ? null : runner;
  }

  @Override
  public HttpAttempt httpAttempt(
      @Nullable String httpMethod, String host, int port, boolean abandoned) {
    if (!mayAttempt()) {
      AgentCall outermost = outermost();
      throw new AttemptsExhausted(
          outermost.method().spec().agent(), outermost.detail().failedRequests());
    }
    HttpAttempt attempt =
        new HttpAttempt(this, httpMethod, host, port, countHttpAttempt(abandoned), abandoned);
    Runnable remove = asynchronous() ? installCarried() : () -> {};
    try {
      announce(attempt);
    } finally {
      remove.run();
    }
    return attempt;
  }

  /** Notifies all listeners that a request goes out. */
  private void announce(HttpAttempt attempt) {
    for (CallListener listener : plan.listeners.all()) {
      try {
        Consumer<HttpAttempt> end = listener.onHttpAttempt(attempt);
        if (end != null) {
          attempt.whenEnded(end);
        }
      } catch (Throwable fault) {
        GildLog.faultOnce(listener.getClass().getSimpleName(), fault);
      }
    }
  }

  /** Returns whether another physical request may be sent within the outermost call. */
  private boolean mayAttempt() {
    AgentCall outermost = outermost();
    int most = outermost.method().live().maxFailedRequests(outermost.method().spec());
    CallDetail known = outermost.knownDetail();
    return most == 0 || known == null || known.failedRequests() < most;
  }

  /** Counts a request that goes out; returns how many this call's attempt sent before it. */
  private int countHttpAttempt(boolean abandoned) {
    method().runtime().recordHttpAttempt();
    int before = 0;
    for (AgentCall call = this; call != null; call = call.parent()) {
      call.method().counts().add(Counts.Event.HTTP_ATTEMPT);
      int sent = call.detail().recordHttpAttempt(abandoned ? 0 : call.attempts());
      before = call == this ? sent : before;
    }
    return before;
  }

  @Override
  public @Nullable String requestModel() {
    describe();
    String recordedModel = recorded(facts -> facts.requestModel);
    return recordedModel == null ? routedModel() : recordedModel;
  }

  @Override
  public @Nullable String provider() {
    describe();
    return recorded(facts -> facts.provider);
  }

  private @Nullable String recorded(Function<ModelFacts, @Nullable String> fact) {
    CallDetail known = knownDetail();
    return known == null ? null : known.read(fact);
  }

  /** Queries the request for its model, if a cache answered or a policy refused. */
  private void describe() {
    @Nullable Object[] arguments = arguments();
    if (arguments.length > 0
        && arguments[arguments.length - 1] instanceof DescribesItself request
        && recorded(facts -> facts.provider) == null) {
      try {
        request.describe(this);
      } catch (RuntimeException | LinkageError fault) {
        GildLog.faultOnce("Describing a request", fault);
      }
    }
  }
}
