package io.gild.synchronizers;

import io.gild.core.spi.Clock;
import io.gild.synchronizers.spi.LeaseTime;
import io.gild.synchronizers.spi.StateLeaseStore;
import io.gild.synchronizers.spi.Step;
import io.gild.synchronizers.spi.SynchronizerKey;
import io.gild.synchronizers.spi.SynchronizerState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The engine in this process, for those that share one {@link Synchronizers}. */
final class InProcessLeaseStore extends StateLeaseStore {

  /** Waiting callers are woken at once; only a clock that a test moves needs them to ask. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Clock clock;
  private final long originNanos;
  private final long originMillis;
  private final Map<SynchronizerKey, SynchronizerState> states = new HashMap<>();
  private final Map<SynchronizerKey, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
  private long lastToken;

  InProcessLeaseStore(Clock clock) {
    this.clock = clock;
    this.originNanos = clock.nanoTime();
    this.originMillis = clock.now().toEpochMilli();
  }

  @Override
  protected <A extends @Nullable Object> A apply(SynchronizerKey key, Change<A> change) {
    Step step;
    A answer;
    synchronized (states) {
      step = new Step(time());
      SynchronizerState state =
          states.computeIfAbsent(key, absent -> SynchronizerState.create(key));
      answer = change.apply(state, step);
      if (state.isEmpty()) {
        states.remove(key);
      }
    }
    wake(key, step.woken());
    return answer;
  }

  /** Follows the monotonic clock, which is never set; tokens increase over all semaphores. */
  private LeaseTime time() {
    long millis = originMillis + (clock.nanoTime() - originNanos) / NANOS_PER_MILLI;
    lastToken = Math.max(lastToken + 1, LeaseTime.between(millis, millis).leastToken());
    return new LeaseTime(millis, millis, lastToken);
  }

  private void wake(SynchronizerKey key, Set<String> ids) {
    for (Consumer<String> listener : listeners.getOrDefault(key, List.of())) {
      ids.forEach(listener);
    }
  }

  @Override
  public Watch watch(SynchronizerKey key, Consumer<String> listener) {
    listeners.compute(
        key,
        (same, known) -> {
          List<Consumer<String>> all = known == null ? new CopyOnWriteArrayList<>() : known;
          all.add(listener);
          return all;
        });
    return () ->
        listeners.computeIfPresent(
            key,
            (same, known) -> {
              known.remove(listener);
              return known.isEmpty() ? null : known;
            });
  }

  @Override
  public Duration longestPause() {
    return PAUSE;
  }

  @Override
  public void close() {}
}
