package io.gild.core;

import io.gild.core.spi.CallListener;
import io.gild.core.spi.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The way of a call through its stages: inward to the method, outward with what it did, and inward
 * again where a stage asks for that.
 */
abstract sealed class CallSteps permits AgentCall {

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

  final Plan plan;
  final long startNanos;

  /** The stage to go on with, or else {@link #RUNNING} or {@link #OVER}. */
  private byte next;

  private int entered;
  private int attempts;
  private long attemptEndNanos;
  private @Nullable Object value;
  private @Nullable Throwable failure;
  private volatile boolean delivered;
  private boolean cancelled;
  private boolean once;

  CallSteps(Plan plan) {
    this.plan = plan;
    this.startNanos = plan.method.clock().nanoTime();
    this.attemptEndNanos = startNanos;
  }

  private AgentCall call() {
    return (AgentCall) this;
  }

  abstract CallDetail detail();

  /** Returns the wait that a stage asked for before the attempt that is next. */
  abstract long waitNanos();

  abstract void forgetWait();

  /**
   * Goes on to the next point where something has to be done.
   *
   * @return {@code true} if the method's own code is to be run now and then {@link #returned} or
   *     {@link #threw} be told; {@code false} if the call is over
   */
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

  /**
   * Records that the method returned.
   *
   * @param result what it returned, {@code null} for {@code void}
   */
  public void returned(@Nullable Object result) {
    value = result;
    failure = null;
  }

  /**
   * Records that the method threw.
   *
   * @param thrown what it threw
   */
  public void threw(Throwable thrown) {
    value = null;
    failure = thrown;
  }

  /**
   * Hands over what the caller gets, once {@link #proceed} said that the call is over. The call
   * itself keeps it no longer: a call inside of it may go on, in what the caller just got.
   *
   * @return the result
   */
  public @Nullable Object result() {
    if (failure != null) {
      throw Sneaky.propagate(failure);
    }
    Object handed = value;
    value = null;
    return handed;
  }

  /** Never throws: a call that breaks inside of Gild steps aside. */
  Step advance() {
    try {
      return step();
    } catch (Throwable fault) {
      return stepAside(fault);
    }
  }

  /** Ends the call as it stands; if the method has not run yet, it does so ungoverned. */
  private Step stepAside(Throwable fault) {
    boolean run = attempts == 0 && next >= 0;
    entered = 0;
    next = run ? RUNNING : OVER;
    if (!run) {
      CurrentCall.leaveIf(call());
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
    if (failure != null) {
      detail().failed(failure);
    }
    Events events = plan.method.runtime().events();
    if (events.attemptEnded.isHeard()) {
      CallEvents.attemptEnded(call(), events);
    }
    return ascend(plan.stages.length - 1);
  }

  private void announce() {
    Events events = plan.method.runtime().events();
    if (attempts == 0 && next == 0 && events.callStarted.isHeard()) {
      CallEvents.started(call(), events);
    }
  }

  private Step descend(int from) {
    Stage[] stages = plan.stages;
    for (int i = from; i < stages.length; i++) {
      boolean inward;
      try {
        inward = stages[i].enter(call());
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
        again = stages[i].exit(call());
      } catch (Throwable fault) {
        GildLog.faultOnce(stages[i].getClass().getSimpleName(), fault);
        continue;
      }
      if (again && !delivered && !once) {
        next = (byte) (i + 1);
        return waitNanos() > 0 ? Step.WAIT : descend(next);
      }
    }
    finish();
    return Step.DONE;
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

  /** Leaves the stages from one outward with the failure as it is; nothing is repeated. */
  private void leaveStages(int from) {
    for (int i = from; i >= 0; i--) {
      try {
        if ((entered & (1 << i)) != 0) {
          plan.stages[i].exit(call());
        }
      } catch (Throwable fault) {
        GildLog.faultOnce(plan.stages[i].getClass().getSimpleName(), fault);
      }
    }
  }

  /** Returns whether the call is over; another thread may learn it a little later. */
  boolean over() {
    return next == OVER;
  }

  private void finish() {
    if (next == OVER) {
      return;
    }
    next = OVER;
    CurrentCall.leaveIf(call());
    count(plan.method.counts());
    observeLayers();
    Events events = plan.method.runtime().events();
    if (events.callEnded.isHeard()) {
      CallEvents.ended(call(), events);
    }
    for (CallListener listener : plan.method.runtime().listenerArray()) {
      try {
        listener.onCallCompleted(call());
      } catch (Throwable fault) {
        GildLog.faultOnce(listener.getClass().getSimpleName(), fault);
      }
    }
  }

  /** Counts the first attempt, if there was one, together with the outcome. */
  private void count(Counts counts) {
    Throwable last = failure;
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

  /** Lets nothing of the call be repeated, whatever its stages ask for. */
  void once() {
    once = true;
  }

  boolean isOnce() {
    return once;
  }

  /**
   * Records that a part of the answer has reached the caller, so that no further attempt may
   * follow: it would repeat what the caller has already seen.
   */
  public void delivered() {
    if (!delivered) {
      delivered = true;
      recordFirstChunk();
    }
  }

  abstract void recordFirstChunk();

  abstract void observeLayers();

  /**
   * Returns whether the caller gave the call up, which is no failure.
   *
   * @return {@code true} if the failure is but that
   */
  public boolean cancelled() {
    return cancelled;
  }

  /**
   * Returns whether the caller may still be given another answer than the present one.
   *
   * @return {@code false} once a part of the answer was {@linkplain #delivered() delivered}
   */
  public boolean replaceable() {
    return !delivered;
  }

  /**
   * Returns the present result.
   *
   * @return the value, or {@code null}
   */
  public @Nullable Object value() {
    return value;
  }

  /**
   * Returns the present failure.
   *
   * @return what was thrown, or {@code null} if the call stands well
   */
  public @Nullable Throwable failure() {
    return failure;
  }

  /**
   * Returns how often the method's own code was run.
   *
   * @return zero or more
   */
  public int attempts() {
    return attempts;
  }

  /**
   * Returns when the last attempt ended.
   *
   * @return nanoseconds of the runtime's clock
   */
  public long attemptEndNanos() {
    return attemptEndNanos;
  }
}
