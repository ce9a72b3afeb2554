package io.gild.core;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Each thread's own generator, looked up at each use. */
final class SharedRandom implements RandomGenerator {

  @Override
  public long nextLong() {
    return ThreadLocalRandom.current().nextLong();
  }
}
