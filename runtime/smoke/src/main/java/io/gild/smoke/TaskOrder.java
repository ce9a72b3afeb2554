package io.gild.smoke;

import io.gild.golden.GoldenSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Deals out tasks, each once in a round, in an order that the seed decides. Thread-safe. */
final class TaskOrder {

  private final List<GoldenSpec> tasks;
  private final Random random;
  private int next;

  TaskOrder(List<GoldenSpec> tasks, long seed) {
    this.tasks = new ArrayList<>(tasks);
    this.random = new Random(seed);
  }

  synchronized GoldenSpec next() {
    if (next == 0) {
      Collections.shuffle(tasks, random);
    }
    GoldenSpec task = tasks.get(next);
    next = (next + 1) % tasks.size();
    return task;
  }
}
