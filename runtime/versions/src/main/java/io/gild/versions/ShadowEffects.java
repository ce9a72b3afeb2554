package io.gild.versions;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.spi.EffectJournal;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The side effects of a call of the present version, whose results its shadow gets instead of
 * running them. Thread-safe.
 */
final class ShadowEffects {

  private record Key(String method, List<@Nullable Object> arguments) {}

  /** A result, which may be null. */
  private record Result(@Nullable Object value) {}

  private final String agent;
  private final Map<Key, Queue<Result>> results = new HashMap<>();
  private int refused;

  ShadowEffects(String agent) {
    this.agent = agent;
  }

  /**
   * Returns a journal that records.
   *
   * @param around the journal of the work that the call is a part of, or null
   */
  EffectJournal recording(@Nullable EffectJournal around) {
    return (String method, List<@Nullable Object> arguments) ->
        new Recorded(
            new Key(method, arguments), around == null ? null : around.begin(method, arguments));
  }

  /** Returns a journal that only replays. */
  EffectJournal replaying() {
    return (String method, List<@Nullable Object> arguments) ->
        replayed(new Key(method, arguments));
  }

  private synchronized void record(Key key, @Nullable Object value) {
    results.computeIfAbsent(key, absent -> new ArrayDeque<>(1)).add(new Result(value));
  }

  private synchronized EffectJournal.Entry replayed(Key key) {
    Queue<Result> known = results.get(key);
    Result next = known == null ? null : known.poll();
    if (next == null || !isTool() && !SafeValues.isSafe(next.value())) {
      refused++;
      throw new ShadowEffectRefused(agent, key.method());
    }
    return new Replayed(next.value());
  }

  /** Returns whether the effect is a tool: the library that called it only reads its result. */
  private static boolean isTool() {
    AgentCall call = AgentCall.current();
    return call != null && call.method().spec().kind() == CallKind.TOOL;
  }

  /** Returns how many effects did not run and had no result. */
  synchronized int refused() {
    return refused;
  }

  /** Passes everything on to the journal around, and keeps the result. */
  private final class Recorded implements EffectJournal.Entry {

    private final Key key;
    private final EffectJournal.@Nullable Entry around;

    Recorded(Key key, EffectJournal.@Nullable Entry around) {
      this.key = key;
      this.around = around;
    }

    @Override
    public boolean isFinished() {
      return around != null && around.isFinished();
    }

    @Override
    public @Nullable Object result() {
      Object result = around == null ? null : around.result();
      record(key, result);
      return result;
    }

    @Override
    public void finished(@Nullable Object result) {
      record(key, result);
      if (around != null) {
        around.finished(result);
      }
    }

    @Override
    public void failed() {
      if (around != null) {
        around.failed();
      }
    }
  }

  private record Replayed(@Nullable Object result) implements EffectJournal.Entry {

    @Override
    public boolean isFinished() {
      return true;
    }

    @Override
    public void finished(@Nullable Object ignored) {}

    @Override
    public void failed() {}
  }
}
