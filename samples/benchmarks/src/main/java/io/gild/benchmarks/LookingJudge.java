package io.gild.benchmarks;

import io.gild.judging.TrafficInterval;

/** A judge that looks at a rollout again and again, and may end it. */
@FunctionalInterface
interface LookingJudge {

  /** Adds a second of the rollout and returns whether the new version is rolled back now. */
  boolean rollsBack(TrafficInterval second);
}
