package io.gild.reliability;

import io.gild.core.AgentCall;
import io.gild.core.BreakerOpen;
import io.gild.core.CallDecision;
import io.gild.core.CallRefused;
import io.gild.core.Counts;
import io.gild.core.Events;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import io.gild.core.spi.LastingState;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Refuses attempts while too many fail; a routed method has one breaker per model, so that one
 * model's outage does not keep the others from answering.
 *
 * <p>Failures caused by the request count neither as failure nor as success.
 */
final class CircuitBreakerStage extends Stage implements LastingState, Controllable {

  private final StageContext context;
  private final String agent;
  private final CircuitBreakerConfig config;
  private final boolean routed;
  private final WatchedBreaker breaker;
  private final Map<String, WatchedBreaker> byModel = new ConcurrentHashMap<>();

  CircuitBreakerStage(CircuitBreakerPolicy policy, StageContext context) {
    FailureClassifier classifier = new FailureClassifier(List.of(), policy.ignoreExceptions());
    this.context = context;
    this.agent = context.spec().agent();
    this.routed = context.policies().has("route");
    this.config =
        CircuitBreakerConfig.custom()
            .failureRateThreshold(policy.failureRateThreshold())
            .slidingWindowSize(policy.slidingWindowSize())
            .minimumNumberOfCalls(
                Math.min(policy.minimumNumberOfCalls(), policy.slidingWindowSize()))
            .waitDurationInOpenState(policy.waitDurationInOpenState())
            .permittedNumberOfCallsInHalfOpenState(policy.permittedNumberOfCallsInHalfOpenState())
            .ignoreException(failure ->
                failure instanceof CallRefused
                    || classifier.ignores(failure)
                    || FailureClassifier.permanent(failure))
            .clock(new ClockAdapter(context.runtime().clock()))
            .build();
    this.breaker = breaker(context.spec().id());
    for (String state : WatchedBreaker.STATES) {
      context.publish(
          ReliabilityMeter.BREAKER_STATE.spec(),
          this,
          stage -> stage.worst().equals(state) ? 1 : 0,
          state);
    }
  }

  /** Returns the worst state of the breakers of all models. */
  private String worst() {
    int worst = WatchedBreaker.badness(breaker.state());
    for (WatchedBreaker each : byModel.values()) {
      worst = Math.max(worst, WatchedBreaker.badness(each.state()));
    }
    return WatchedBreaker.STATES.get(worst);
  }

  @Override
  public boolean enter(AgentCall call) {
    WatchedBreaker guard = guard(call);
    if (!guard.tryAcquirePermission()) {
      context.counts().add(Counts.Event.BREAKER_REFUSED);
      CallDecision.publish(call, Counts.Event.BREAKER_REFUSED, Map.of("breaker", guard.name()));
      throw new BreakerOpen(agent, guard.name());
    }
    return true;
  }

  @Override
  public boolean exit(AgentCall call) {
    long nanos = call.attemptEndNanos() - call.attemptStartNanos();
    Throwable failure = call.failure();
    if (call.cancelled()) {
      guard(call).released();
    } else if (failure == null) {
      guard(call).succeeded(nanos);
    } else {
      guard(call).failed(nanos, failure);
    }
    return false;
  }

  @Override
  public Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    states.put(breaker.name(), breaker.state());
    byModel.values().forEach(each -> states.put(each.name(), each.state()));
    return states;
  }

  @Override
  public void resume(Map<String, String> states) {
    String ofModels = breaker.name() + "@";
    states.forEach((name, state) -> {
      if (name.equals(breaker.name())) {
        breaker.resume(state);
      } else if (name.startsWith(ofModels)) {
        forModel(name.substring(ofModels.length())).resume(state);
      }
    });
  }

  @Override
  public List<Control> controls() {
    List<Control> controls = new ArrayList<>();
    controls.add(breaker.control(context.spec()));
    byModel.values().forEach(each -> controls.add(each.control(context.spec())));
    return controls;
  }

  @Override
  public String operate(Control control, String action) {
    WatchedBreaker operated =
        breaker.name().equals(control.name())
            ? breaker
            : byModel.get(
                control
                    .name()
                    .substring(Math.min(control.name().length(), breaker.name().length() + 1)));
    if (operated == null) {
      throw new IllegalArgumentException("there is no circuit breaker " + control.name());
    }
    return operated.operate(action);
  }

  private WatchedBreaker guard(AgentCall call) {
    if (!routed) {
      return breaker;
    }
    String model = call.routedModel();
    return model == null ? breaker : forModel(model);
  }

  private WatchedBreaker forModel(String model) {
    WatchedBreaker known = byModel.get(model);
    return known != null
        ? known
        : byModel.computeIfAbsent(model, absent -> breaker(context.spec().id() + "@" + absent));
  }

  private WatchedBreaker breaker(String name) {
    return new WatchedBreaker(name, config, this::changed);
  }

  private void changed(String name, CircuitBreaker.State state) {
    Counts.@Nullable Event event =
        switch (state) {
          case OPEN -> Counts.Event.BREAKER_OPENED;
          case CLOSED -> Counts.Event.BREAKER_CLOSED;
          default -> null;
        };
    if (event == null) {
      halfOpened(name, state);
      return;
    }
    context.counts().add(event);
    Events.Channel<BreakerChanged> channel =
        context.runtime().events().channel(BreakerChanged.class);
    if (channel.hasSubscribers()) {
      channel.publish(
          new BreakerChanged(context.spec(), name, event == Counts.Event.BREAKER_OPENED));
    }
  }

  private void halfOpened(String name, CircuitBreaker.State state) {
    Events.Channel<BreakerHalfOpened> channel =
        context.runtime().events().channel(BreakerHalfOpened.class);
    if (state == CircuitBreaker.State.HALF_OPEN && channel.hasSubscribers()) {
      channel.publish(new BreakerHalfOpened(context.spec(), name));
    }
  }
}
