package io.gild.coordination.nats;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the messages that were asked for and have not come. Thread-safe. */
final class PullBudget {

  private static final class Pull {
    private final long untilNanos;
    private int open;

    Pull(int open, long untilNanos) {
      this.open = open;
      this.untilNanos = untilNanos;
    }
  }

  private final long lifeNanos;
  private final Deque<Pull> pulls = new ArrayDeque<>();

  PullBudget(Duration life) {
    this.lifeNanos = life.toNanos();
  }

  /** Returns how many more messages are to be asked for, so that as many can come as are free. */
  synchronized int take(int free) {
    long now = System.nanoTime();
    pulls.removeIf(pull -> pull.open == 0 || pull.untilNanos - now <= 0);
    int open = pulls.stream().mapToInt(pull -> pull.open).sum();
    int more = free - open;
    if (more > 0) {
      pulls.add(new Pull(more, now + lifeNanos));
    }
    return more;
  }

  synchronized void received() {
    for (Pull pull : pulls) {
      if (pull.open > 0) {
        pull.open--;
        return;
      }
    }
  }

  synchronized void reset() {
    pulls.clear();
  }
}
