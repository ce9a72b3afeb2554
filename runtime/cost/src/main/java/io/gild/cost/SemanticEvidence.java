package io.gild.cost;

import io.gild.core.MethodSpec;
import io.gild.semantic.SemanticCache;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of one method's partitions, over restarts. Only partitions whose parts are the same
 * in another JVM have a file; evidence is never pooled, because each partition has a bound of its
 * own. Thread-safe.
 */
final class SemanticEvidence {

  /** With fewer labels, nothing is fitted, and there are no more labels than requests. */
  private static final int FEWEST_REQUESTS = 50;

  /** Partitions of a method that are saved: those with the most requests. */
  private static final int MOST_SAVED = 100;

  private final EvidenceFiles files;
  private final SemanticCache<?> cache;
  private final String method;

  /** By file. */
  private final ConcurrentMap<String, Partition> saved = new ConcurrentHashMap<>();

  /** A partition of the cache. */
  static final class Partition {

    private final String name;
    private final @Nullable String file;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean changed;

    /** Whether two partitions have equal parts, as those of one class in two loaders. */
    private volatile boolean ambiguous;

    private Partition(String name, @Nullable String file) {
      this.name = name;
      this.file = file;
    }

    String name() {
      return name;
    }

    /** Notes a request. */
    void requested() {
      requests.incrementAndGet();
      changed = true;
    }

    private int weight() {
      return requests.get();
    }
  }

  SemanticEvidence(EvidenceFiles files, SemanticCache<?> cache, MethodSpec spec, String embedder) {
    this.files = files;
    this.cache = cache;
    this.method =
        String.join(
            "\n",
            embedder,
            spec.agent(),
            spec.version(),
            spec.className(),
            spec.methodName() + spec.descriptor());
  }

  /**
   * Begins a partition with what it learned before.
   *
   * @param name its name in the cache
   * @param parts the text of its parts; {@code null} if they have none
   */
  Partition begin(String name, @Nullable String parts) {
    String file = parts == null ? null : files.name(method, parts);
    Partition begun = new Partition(name, file);
    if (file == null) {
      return begun;
    }
    Partition other = saved.putIfAbsent(file, begun);
    if (other != null) {
      other.ambiguous = true;
      begun.ambiguous = true;
      files.delete(file);
      return begun;
    }
    String learned = files.read(file);
    if (learned != null) {
      try {
        if (cache.restore(name, learned)) {
          begun.requests.set(FEWEST_REQUESTS);
        }
      } catch (IllegalArgumentException broken) {
        files.unusable(file, String.valueOf(broken.getMessage()));
      }
    }
    return begun;
  }

  /** Forgets a partition that is no longer in the cache; its file stays. */
  void end(Partition partition) {
    if (partition.file != null) {
      saved.remove(partition.file, partition);
    }
  }

  /** Saves what was learned since; returns whether anything was. */
  boolean save() throws IOException {
    List<Partition> busiest =
        saved.values().stream()
            .filter(each -> each.weight() >= FEWEST_REQUESTS && !each.ambiguous)
            .sorted(Comparator.comparingInt(Partition::weight).reversed())
            .limit(MOST_SAVED)
            .filter(each -> each.changed)
            .toList();
    for (Partition each : busiest) {
      each.changed = false;
      String learned = cache.learned(each.name);
      if (each.file != null) {
        files.write(each.file, learned);
      }
    }
    return !busiest.isEmpty();
  }

  /** Deletes what was saved. */
  void clear() {
    saved.clear();
    files.deleteAll(method);
  }
}
