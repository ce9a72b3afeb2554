package io.gild.a2a.spi;

import io.gild.a2a.A2aTask;
import io.gild.config.Experimental;
import java.time.Instant;
import java.util.List;

/**
 * A task as a store keeps it; immutable.
 *
 * @param task the task
 * @param updated when its status changed last; lists are ordered by it
 * @param targets where its events are pushed to
 */
@Experimental
public record StoredTask(A2aTask task, Instant updated, List<PushTarget> targets) {

  /** Copies the list. */
  public StoredTask {
    targets = List.copyOf(targets);
  }
}
