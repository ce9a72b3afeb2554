package io.gild.console;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallFacts;
import io.gild.core.CallKind;
import io.gild.core.CallRefused;
import io.gild.core.HttpAttempt;
import io.gild.core.MethodSpec;
import io.gild.core.spi.CallListener;
import io.gild.core.spi.Clock;
import io.gild.core.spi.SpanIdentity;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records each call that ends and each HTTP request, as numbers and names: neither prompts nor
 * answers, and no object of the application. Recording a call allocates nothing; recording a
 * request allocates the object that waits for its end. A call gets the object of its details when
 * the first call inside of it ends, unless it has one.
 *
 * <p>Calls that failed, or were slower or more expensive than the method's other calls, are kept in
 * a ring of their own with the calls inside of them, so that many good calls do not overwrite them.
 */
final class CallRecorder implements CallListener {

  /** The most rows before an unusual call that are searched for the calls inside of it. */
  private static final int SEARCHED = 512;

  private static final int SUCCESSFUL = 400;
  private static final int PART_OF_UNUSUAL = 8;
  private static final int FEWEST_UNUSUAL = 16;

  private final Clock clock;
  private final CallRing ring;
  private final CallRing unusual;
  private final RunningCalls running;
  private final ShortNames names = new ShortNames();
  private final UsualTimes usual = new UsualTimes();

  CallRecorder(Clock clock, int records, RunningCalls running) {
    this.clock = clock;
    this.ring = new CallRing(records);
    this.unusual = new CallRing(Math.max(FEWEST_UNUSUAL, records / PART_OF_UNUSUAL));
    this.running = running;
  }

  CallRing ring() {
    return ring;
  }

  CallRing unusual() {
    return unusual;
  }

  @Override
  public void onCallCompleted(AgentCall call) {
    long number = call.lastNumber();
    long row = ring.claim();
    int place = ring.begin(row);
    long nanos = clock.nanoTime() - call.startNanos();
    if (place >= 0) {
      try {
        record(call, number, place, nanos);
      } finally {
        ring.end(place, row);
      }
    }
    running.ended(number);
    if (call.parent() == null) {
      boolean rare =
          usual.isUnusual(call.method().counts(), nanos, call.facts().costNanoUsd())
              || call.failure() != null;
      if (rare) {
        keep(number, row);
      }
    }
  }

  private void record(AgentCall call, long number, int place, long nanos) {
    AgentCall parent = call.parent();
    CallFacts facts = call.facts();
    MethodSpec spec = call.method().spec();
    Throwable failure = call.failure();
    ring.method(place, spec);
    ring.identity(
        place,
        number,
        parent == null ? 0 : parent.number(),
        parent == null ? number : call.outermost().number());
    span(place, call, call.slot(SpanIdentity.class));
    ring.times(place, clock.millis(), call.startNanos(), nanos, facts.waitedNanos());
    ring.money(place, facts.costNanoUsd(), facts.ownCostNanoUsd(), facts.usage(), facts.ownUsage());
    ring.counts(
        place,
        call.attempts(),
        facts.httpAttempts(),
        facts.modelCalls(),
        facts.failedRequests(),
        0);
    int flags = (facts.costKnown() ? 0 : CallRow.UNPRICED) | (call.isShadow() ? CallRow.SHADOW : 0);
    ring.bits(place, kind(spec.kind()), outcome(call, failure), flags, call.marks());
    ring.names(
        place,
        names.of(model(call, facts)),
        names.of(spec.kind().isModel() ? call.provider() : null),
        failure == null ? null : names.of(failure.getClass().getName()),
        session(call, spec));
    ring.ways(
        place,
        names.of(facts.firstRoutedModel()),
        names.of(facts.routedModel()),
        call.cacheResult());
  }

  /** Writes the ids of a call's span; a call without a span is in the trace of that around it. */
  private void span(int place, @Nullable AgentCall call, @Nullable SpanIdentity own) {
    SpanIdentity known = own;
    AgentCall around = call;
    while (known == null && around != null) {
      known = around.slot(SpanIdentity.class);
      around = around.parent();
    }
    String trace = known == null ? "" : known.traceId();
    ring.span(
        place,
        TraceIds.high(trace),
        TraceIds.low(trace),
        own == null ? 0 : TraceIds.span(own.spanId()));
  }

  private static @Nullable String model(AgentCall call, CallFacts facts) {
    String answered = facts.responseModel();
    return answered == null && call.method().spec().kind().isModel()
        ? call.requestModel()
        : answered;
  }

  /** Returns the session if it is a text; other objects of the application are left alone. */
  private @Nullable String session(AgentCall call, MethodSpec spec) {
    int index = spec.indexOf(MethodSpec.Role.SESSION);
    return index >= 0
            && index < call.arguments().length
            && call.argument(index) instanceof String text
        ? names.of(text)
        : null;
  }

  private static CallRow.Kind kind(CallKind kind) {
    return switch (kind) {
      case AGENT -> CallRow.Kind.AGENT;
      case CHAT -> CallRow.Kind.MODEL;
      case EMBEDDINGS -> CallRow.Kind.EMBEDDING;
      case TOOL -> CallRow.Kind.TOOL;
    };
  }

  private static CallRow.Outcome outcome(AgentCall call, @Nullable Throwable failure) {
    if (failure == null) {
      return CallRow.Outcome.SUCCESS;
    }
    if (call.cancelled()) {
      return CallRow.Outcome.CANCELLED;
    }
    return failure instanceof CallRefused ? CallRow.Outcome.REFUSED : CallRow.Outcome.FAILURE;
  }

  /** Copies an unusual call and the calls inside of it, which ended shortly before. */
  private void keep(long root, long row) {
    long oldest = Math.max(ring.first(), row - SEARCHED);
    for (long each = oldest; each <= row; each++) {
      if (ring.rootOf(each) == root) {
        unusual.take(ring, each);
      }
    }
  }

  @Override
  public @Nullable Consumer<HttpAttempt> onHttpAttempt(HttpAttempt attempt) {
    AgentCall call = attempt.call();
    return call == null
        ? null
        : new Request(
            call.method().spec(), call.number(), call.outermost().number(), clock.nanoTime());
  }

  /** One HTTP request under way. */
  private final class Request implements Consumer<HttpAttempt> {

    private final MethodSpec method;
    private final long parent;
    private final long root;
    private final long startNanos;

    Request(MethodSpec method, long parent, long root, long startNanos) {
      this.method = method;
      this.parent = parent;
      this.root = root;
      this.startNanos = startNanos;
    }

    @Override
    public void accept(HttpAttempt attempt) {
      long row = ring.claim();
      int place = ring.begin(row);
      if (place < 0) {
        return;
      }
      try {
        record(attempt, place, row);
      } finally {
        ring.end(place, row);
      }
    }

    private void record(HttpAttempt attempt, int place, long row) {
      Throwable failure = attempt.failure();
      ring.method(place, method);
      ring.identity(place, -row, parent, root); // calls have the positive numbers
      span(place, attempt.call(), null);
      ring.times(place, clock.millis(), startNanos, clock.nanoTime() - startNanos, 0);
      ring.money(place, 0, 0, Usage.NONE, Usage.NONE);
      ring.counts(place, 1, 0, 0, attempt.resendCount(), attempt.status());
      CallRow.Outcome outcome =
          failure != null || attempt.status() >= SUCCESSFUL
              ? CallRow.Outcome.FAILURE
              : CallRow.Outcome.SUCCESS;
      ring.bits(place, CallRow.Kind.HTTP, outcome, 0, 0);
      ring.names(
          place,
          names.of(attempt.host()),
          null,
          failure == null ? null : names.of(failure.getClass().getName()),
          null);
      ring.ways(place, null, null, null);
    }
  }
}
