package io.gild.synchronizers.spi;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.synchronizers.SynchronizerException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of one synchronizer. Not thread-safe. */
@Experimental
public abstract class SynchronizerState {

  SynchronizerState() {}

  /**
   * Creates the state of a synchronizer that no one uses.
   *
   * @param key the synchronizer
   * @return the state
   */
  public static SynchronizerState create(SynchronizerKey key) {
    return switch (key.kind()) {
      case SEMAPHORE, LEADER -> new SemaphoreState();
      case BARRIER -> new BarrierState();
      case QUEUE -> new FairQueueState();
    };
  }

  /**
   * Reads a state.
   *
   * @param key the synchronizer
   * @param json what {@link #json} returned
   * @return the state
   * @throws SynchronizerException if it is something else
   */
  public static SynchronizerState read(SynchronizerKey key, String json) {
    SynchronizerState state = create(key);
    try {
      if (Json.read(json) instanceof Map<?, ?> fields) {
        state.read(fields);
        return state;
      }
      throw new IllegalArgumentException("expected a JSON object");
    } catch (IllegalArgumentException | ClassCastException | NullPointerException invalid) {
      throw new SynchronizerException(
          "Cannot read the state of %s: %s. Another program wrote it; give this one its own bucket."
              .formatted(key, invalid.getMessage()),
          invalid);
    }
  }

  /**
   * Returns the state as JSON.
   *
   * @return an object on one line
   */
  public final String json() {
    return Json.write(fields());
  }

  abstract Map<String, Object> fields();

  abstract void read(Map<?, ?> fields);

  /**
   * Returns whether the state may be forgotten.
   *
   * @return {@code true} if no one holds or waits for anything
   */
  public abstract boolean isEmpty();

  abstract boolean renew(String id, long lease, Step step);

  abstract boolean release(String id, Step step);

  static long number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("expected a number, but found " + value);
  }

  static List<?> list(Map<?, ?> fields, String name) {
    if (fields.get(name) instanceof List<?> items) {
      return items;
    }
    throw new IllegalArgumentException("expected a list of " + name);
  }
}
