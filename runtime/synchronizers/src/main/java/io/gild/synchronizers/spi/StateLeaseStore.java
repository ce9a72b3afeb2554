package io.gild.synchronizers.spi;

import io.gild.config.Experimental;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An engine that changes the whole state of a synchronizer at once: what happens is decided here,
 * and the engine only has to replace a state that no one else has changed meanwhile.
 */
@Experimental
public abstract class StateLeaseStore implements LeaseStore {

  /** Creates an engine. */
  protected StateLeaseStore() {}

  /**
   * What happens to a state.
   *
   * @param <A> type of the answer
   */
  @FunctionalInterface
  public interface Change<A extends @Nullable Object>
      extends BiFunction<SynchronizerState, Step, A> {}

  /**
   * Changes the state of a synchronizer, atomically: the change may be called several times, each
   * time with the newest state, until it could be written. A state of which the step is not changed
   * need not be written.
   *
   * @param key the synchronizer
   * @param change what happens; must not be kept
   * @param <A> type of the answer
   * @return the answer of the change that was written
   */
  protected abstract <A extends @Nullable Object> A apply(SynchronizerKey key, Change<A> change);

  @Override
  public Claim claim(SynchronizerKey key, ClaimRequest request) {
    return apply(key, (state, step) -> ((SemaphoreState) state).claim(request, step));
  }

  @Override
  public Arrival arrive(
      SynchronizerKey key, String id, long generation, int parties, Duration lease) {
    return apply(
        key,
        (state, step) ->
            ((BarrierState) state).arrive(id, generation, parties, lease.toMillis(), step));
  }

  @Override
  public boolean offer(SynchronizerKey key, QueueElement element, QueueBounds bounds) {
    return apply(key, (state, step) -> ((FairQueueState) state).offer(element, bounds, step));
  }

  @Override
  public @Nullable QueueElement take(SynchronizerKey key, String id, Duration lease) {
    return this.<@Nullable QueueElement>apply(
        key, (state, step) -> ((FairQueueState) state).take(id, lease.toMillis(), step));
  }

  @Override
  public boolean finish(SynchronizerKey key, String id) {
    return apply(key, (state, step) -> ((FairQueueState) state).finish(id, step));
  }

  @Override
  public boolean renew(SynchronizerKey key, String id, Duration lease) {
    return apply(key, (state, step) -> state.renew(id, lease.toMillis(), step));
  }

  @Override
  public boolean release(SynchronizerKey key, String id) {
    return apply(key, (state, step) -> state.release(id, step));
  }
}
