package io.gild.smoke;

import io.gild.config.Mode;
import io.gild.smoke.SmokeSettings.CacheUse;
import io.gild.smoke.spi.SmokeFinding;
import java.io.IOException;

/** Asks the same question twice; the second answer must be of the cache, if there is one. */
final class CacheStep implements SmokeStep {

  @Override
  public SmokeFinding run(SmokeScope scope) throws IOException, InterruptedException {
    SmokeAgent agent = scope.agent();
    ControlCaller control = scope.control();
    CacheUse wanted = scope.smoke().cache();
    if (wanted == CacheUse.SKIPPED) {
      return SmokeFinding.notApplicable("smoke.cache is skipped");
    }
    if (agent == null) {
      return SmokeFinding.notApplicable(scope.noAgent());
    }
    if (control == null || !control.recordsCalls()) {
      return SmokeFinding.notApplicable("no control endpoint shows which calls were cached");
    }
    CallWatch watch = new CallWatch(control, agent, scope.smoke().agent());
    agent.ask();
    CallWatch.Seen second = watch.ask();
    SeenCall call = second.call();
    if (call == null) {
      return SmokeFinding.failed("the call is not among the recent calls of the process");
    }
    if (!second.isAlone()) {
      return SmokeFinding.notApplicable(
          "other calls of " + call.name() + " came at the same time; try again with less traffic");
    }
    if (call.isCached()) {
      return SmokeFinding.passed("the repeated question was answered from the cache");
    }
    if (wanted == CacheUse.REQUIRED || isCachedByRule(scope, call)) {
      return SmokeFinding.failed(
          "the repeated question was not answered from the cache: the method ran "
              + call.attempts()
              + " times"
              + (scope.settings().mode() == Mode.OBSERVE
                  ? ". The mode of the settings is observe, in which no cache answers"
                  : ""));
    }
    return SmokeFinding.notApplicable("no rule of the settings gives " + call.name() + " a cache");
  }

  private static boolean isCachedByRule(SmokeScope scope, SeenCall call) {
    return scope.settings().agents().stream()
        .filter(rule ->
            rule.agent().equals(call.agent())
                || rule.name().equals(call.agent())
                || rule.agent().isEmpty() && rule.match().endsWith("#" + call.method()))
        .map(rule -> rule.policies().toMap().get("cache"))
        .anyMatch(cache -> cache != null && !Boolean.FALSE.equals(cache) && !"off".equals(cache));
  }
}
