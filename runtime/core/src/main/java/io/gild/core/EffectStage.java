package io.gild.core;

import io.gild.config.Json;
import io.gild.core.spi.EffectJournal;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a side effect once: a further attempt of an enclosing call gets the first result again, and
 * waits for it if the effect still runs.
 */
final class EffectStage extends Stage {

  private final String method;
  private final boolean tool;
  private final Counts counts;
  private final int slot;

  EffectStage(StageContext context) {
    MethodSpec spec = context.spec();
    this.method = EffectEntries.name(spec);
    this.tool = spec.kind() == CallKind.TOOL;
    this.counts = context.counts();
    this.slot = context.newSlot();
  }

  @Override
  public boolean enter(AgentCall call) {
    EffectLedger.Key key = key(call);
    while (true) {
      EffectLedger.Run mine = new EffectLedger.Run(key);
      EffectLedger.Run earlier = take(call, mine);
      if (earlier == mine) {
        return runs(call, mine);
      }
      boolean settled = false;
      try {
        settled = settle(call, earlier);
      } finally {
        if (settled && call.failure() == null) {
          mine.complete(call.value());
        } else {
          forget(call, mine);
        }
      }
      if (settled) {
        return false;
      }
    }
  }

  /** Returns whether the effect has to run: a journal may have its result from an earlier JVM. */
  private boolean runs(AgentCall call, EffectLedger.Run mine) {
    EffectJournal.Entry entry;
    try {
      entry = EffectEntries.begin(call, method, mine.arguments());
    } catch (RuntimeException mustNotRun) {
      forget(call, mine);
      call.threw(mustNotRun);
      return false;
    }
    if (entry != null && entry.isFinished()) {
      mine.complete(entry.result());
      call.settle(entry.result());
      call.mark(Mark.REPLAYED);
      counts.add(Counts.Event.REPLAYED);
      CallDecision.publish(call, Counts.Event.REPLAYED, Map.of());
      return false;
    }
    mine.entry = entry;
    call.slot(slot, mine);
    return true;
  }

  /** Returns the run that an earlier attempt of a call around this one left, or the given one. */
  private static EffectLedger.Run take(AgentCall call, EffectLedger.Run mine) {
    EffectLedger.Run taken = mine;
    for (AgentCall outer = call.parent(); outer != null; outer = outer.parent()) {
      EffectLedger.Run there = outer.detail().ledger().take(outer.attempts(), mine);
      taken = there == mine ? taken : there;
    }
    return taken;
  }

  /** Settles the call with the result of a run; false if the run failed, and has to be repeated. */
  private boolean settle(AgentCall call, EffectLedger.Run earlier) {
    if (call.asynchronous() && !earlier.isDone()) {
      throw new EffectUnderWay(call.method().spec().agent(), call.method().spec().methodName());
    }
    try {
      call.settle(earlier.get());
      call.mark(Mark.REPLAYED);
      counts.add(Counts.Event.REPLAYED);
      CallDecision.publish(call, Counts.Event.REPLAYED, Map.of());
      return true;
    } catch (ExecutionException failed) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EffectUnderWay(call.method().spec().agent(), call.method().spec().methodName());
    }
  }

  @Override
  public boolean exit(AgentCall call) {
    if (call.slot(slot) instanceof EffectLedger.Run mine) {
      if (mine.entry != null) {
        EffectEntries.end(mine.entry, call.value(), call.failure());
      }
      if (call.failure() == null) {
        mine.complete(call.value());
      } else {
        forget(call, mine);
      }
    }
    return false;
  }

  /** Lets the effect run again; those that wait for the run are notified afterwards. */
  private static void forget(AgentCall call, EffectLedger.Run mine) {
    for (AgentCall outer = call.parent(); outer != null; outer = outer.parent()) {
      outer.detail().ledger().forget(mine);
    }
    mine.completeExceptionally(new CancellationException("the side effect did not happen"));
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
