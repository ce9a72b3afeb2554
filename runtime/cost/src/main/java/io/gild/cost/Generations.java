package io.gild.cost;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gild.core.spi.Clock;
import io.gild.cost.spi.AnswerStore;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which answers of several JVMs are still valid: the generations of methods and tags, each read
 * from the store at most once a second. What cannot be sent to the store is sent before anything
 * else when it can be reached again. Thread-safe.
 */
final class Generations {

  /** The scope that all answers have. */
  static final String ALL = "all";

  /** How old a generation may be. */
  private static final long OLDEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int MOST_KNOWN = 10_000;
  private static final int MOST_UNSENT = 1_000;

  private final AnswerStore store;
  private final Clock clock;
  private final AnswerKey key;
  private final Cache<String, Known> known =
      Caffeine.newBuilder().maximumSize(MOST_KNOWN).executor(Runnable::run).build();
  private final Set<String> unsent = ConcurrentHashMap.newKeySet();

  /**
   * @param key makes the names of scopes in the store
   */
  Generations(AnswerStore store, Clock clock, AnswerKey key) {
    this.store = store;
    this.clock = clock;
    this.key = key;
  }

  /**
   * Returns the generations of scopes as one text.
   *
   * @param scopes in a stable order
   * @return {@code null} if one of them is unknown
   */
  @Nullable String of(Collection<String> scopes) {
    if (!sendUnsent()) {
      return null;
    }
    StringBuilder all = new StringBuilder();
    for (String scope : scopes) {
      String generation = known.get(scope, same -> new Known()).read(scope);
      if (generation == null) {
        return null;
      }
      all.append(generation.length()).append(':').append(generation);
    }
    return all.toString();
  }

  /** Gives scopes other generations; returns whether the store could be reached. */
  boolean renew(Collection<String> scopes) {
    for (String scope : scopes) {
      unsent.add(unsent.size() < MOST_UNSENT ? scope : ALL);
    }
    return sendUnsent();
  }

  /** Returns whether nothing is left to send. */
  private boolean sendUnsent() {
    for (Iterator<String> each = unsent.iterator(); each.hasNext(); ) {
      String scope = each.next();
      each.remove(); // what another thread adds meanwhile needs one more generation
      String generation = store.renew(name(scope));
      if (generation == null) {
        unsent.add(scope);
        return false;
      }
      known.get(scope, same -> new Known()).set(generation);
    }
    return true;
  }

  private String name(String scope) {
    return key.id() + "." + key.digest(new CanonicalForm().name("scope").name(scope).toBytes());
  }

  /** A generation as it was last read. */
  private final class Known {

    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable String generation;
    private volatile long readNanos;

    @Nullable String read(String scope) {
      String last = generation;
      if (last == null) {
        reading.lock(); // others wait for the first one
      } else if (clock.nanoTime() - readNanos < OLDEST_NANOS || !reading.tryLock()) {
        return last;
      }
      try {
        if (generation == null || clock.nanoTime() - readNanos >= OLDEST_NANOS) {
          String found = store.generation(name(scope));
          readNanos = clock.nanoTime();
          generation = found == null ? generation : found;
        }
        return generation;
      } finally {
        reading.unlock();
      }
    }

    void set(String renewed) {
      reading.lock();
      try {
        generation = renewed;
        readNanos = clock.nanoTime();
      } finally {
        reading.unlock();
      }
    }
  }
}
