package io.gild.core;

import io.gild.config.Json;
import io.gild.core.spi.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a side effect once: a further attempt of an enclosing call is given the first result again.
 */
final class EffectStage extends Stage {

  private final String method;
  private final boolean tool;
  private final Counts counts;

  EffectStage(MethodSpec spec, Counts counts) {
    this.method = spec.className() + "#" + spec.methodName() + spec.descriptor();
    this.tool = spec.kind() == CallKind.TOOL;
    this.counts = counts;
  }

  @Override
  public boolean enter(AgentCall call) {
    EffectLedger.Key key = key(call);
    EffectLedger.@Nullable Replay replay = null;
    List<AgentCall> unaware = new ArrayList<>(2);
    for (AgentCall outer = call.parent(); outer != null; outer = outer.parent()) {
      EffectLedger.Replay known = outer.detail().ledger().next(key, outer.attempts());
      if (known == null) {
        unaware.add(outer);
      } else {
        replay = known;
      }
    }
    if (replay == null) {
      return true;
    }
    for (AgentCall outer : unaware) {
      outer.detail().ledger().add(key, replay.result());
    }
    counts.add(Counts.Event.REPLAYED);
    call.settle(replay.result());
    return false;
  }

  @Override
  public boolean exit(AgentCall call) {
    if (call.failure() == null) {
      EffectLedger.Key key = key(call);
      for (AgentCall outer = call.parent(); outer != null; outer = outer.parent()) {
        outer.detail().ledger().add(key, call.value());
      }
    }
    return false;
  }

  /** Reads JSON, so that neither the order of its keys nor its white space make a difference. */
  private static @Nullable Object normalized(@Nullable Object argument) {
    if (argument instanceof String text && text.stripLeading().startsWith("{")) {
      try {
        return Json.read(text);
      } catch (RuntimeException noJson) {
        return argument;
      }
    }
    return argument;
  }

  private EffectLedger.Key key(AgentCall call) {
    List<@Nullable Object> arguments = new ArrayList<>(call.arguments().length);
    for (Object argument : call.arguments()) {
      arguments.add(tool ? normalized(argument) : argument);
    }
    return new EffectLedger.Key(method, Collections.unmodifiableList(arguments));
  }
}
