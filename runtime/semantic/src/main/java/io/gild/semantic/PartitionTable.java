package io.gild.semantic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a cache by name, within a weight. Partitions of few requests go first, so that
 * a stream of new names does not evict those that are in use. Thread-safe.
 */
final class PartitionTable<V> {

  /** Requests of a partition that is known to be in use. */
  private static final int ESTABLISHED = 20;

  private final long maxWeight;
  private final CacheTotals totals;
  private final Function<String, SemanticPartition<V>> factory;
  private final Map<String, SemanticPartition<V>> recent = new LinkedHashMap<>(16, 0.75f, true);

  PartitionTable(
      long maxWeight, CacheTotals totals, Function<String, SemanticPartition<V>> factory) {
    this.maxWeight = maxWeight;
    this.totals = totals;
    this.factory = factory;
  }

  synchronized SemanticPartition<V> of(String name) {
    SemanticPartition<V> known = recent.get(name);
    if (known == null) {
      known = factory.apply(name);
      recent.put(name, known);
      shrink(known);
    }
    return known;
  }

  synchronized List<SemanticPartition<V>> all() {
    return new ArrayList<>(recent.values());
  }

  synchronized int remove(String name) {
    SemanticPartition<V> removed = recent.remove(name);
    return removed == null ? 0 : removed.close();
  }

  synchronized void clear() {
    recent.values().forEach(SemanticPartition::close);
    recent.clear();
  }

  /** Removes entries and partitions until the rest is within the weight. */
  synchronized void shrink(SemanticPartition<V> present) {
    while (totals.weight() > maxWeight) {
      SemanticPartition<V> victim = victim(present);
      if (victim == null) {
        if (present.evict() <= 0) {
          return;
        }
      } else {
        recent.remove(victim.name());
        victim.close();
      }
    }
  }

  private @Nullable SemanticPartition<V> victim(SemanticPartition<V> present) {
    SemanticPartition<V> oldest = null;
    for (SemanticPartition<V> each : recent.values()) {
      if (each != present) {
        if (each.statistics().requests() < ESTABLISHED) {
          return each;
        }
        oldest = oldest == null ? each : oldest;
      }
    }
    return oldest;
  }
}
