package io.gild.semantic;

import io.gild.semantic.SemanticVerdict.Inquiry;
import io.gild.semantic.SemanticVerdict.Kind;
import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorMatch;
import io.gild.vectors.spi.VectorIndex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/** The questions that may have each other's answers, and what was learned about them. */
final class SemanticPartition<V> {

  private static final long BASE_WEIGHT = 2_000;

  private final String name;
  private final double exploration;
  private final long ttlNanos;
  private final Calibrator calibrator;
  private final VectorIndex index;
  private final DoubleSupplier random;
  private final CacheTotals totals;
  private final Map<String, SemanticEntry<V>> entries = new HashMap<>();
  private final Deque<SemanticEntry<V>> queue = new ArrayDeque<>();
  private final WordCounts counts = new WordCounts();
  private long weight;
  private long hits;
  private long explored;
  private long exploredWrong;
  private long vetoed;
  private boolean closed;

  SemanticPartition(
      String name,
      SemanticSettings settings,
      Calibrator calibrator,
      VectorIndex index,
      DoubleSupplier random,
      CacheTotals totals) {
    this.name = name;
    this.exploration = settings.exploration();
    this.ttlNanos = settings.ttl().toNanos();
    this.calibrator = calibrator;
    this.index = index;
    this.random = random;
    this.totals = totals;
    grow(BASE_WEIGHT);
  }

  String name() {
    return name;
  }

  synchronized long weight() {
    return weight;
  }

  synchronized SemanticStatistics statistics() {
    return new SemanticStatistics(
        calibrator.requests(), hits, explored, exploredWrong, vetoed, entries.size(), weight);
  }

  LearnedLabels learned(String embedder) {
    return calibrator.learned(embedder);
  }

  synchronized boolean restore(LearnedLabels learned) {
    if (!learned.fits(exploration)) {
      return false;
    }
    long grown = calibrator.restore(learned.trusted());
    grow(Math.max(0, grown));
    return grown >= 0;
  }

  /** Decides about a question. */
  synchronized SemanticVerdict<V> judge(
      ComparedQuestion question, float[] vector, List<VectorMatch> matches, long now) {
    long request = calibrator.request();
    String veto = null;
    List<Neighbour<V>> neighbours = new ArrayList<>(matches.size());
    for (VectorMatch match : matches) {
      SemanticEntry<V> entry = entries.get(match.id());
      if (entry == null || now - entry.writtenNanos() > ttlNanos) {
        continue;
      }
      String differs = LexicalVerifier.veto(question, entry.question());
      if (differs == null) {
        neighbours.add(new Neighbour<>(entry, match.similarity()));
      } else if (neighbours.isEmpty() && veto == null) {
        veto = differs;
      }
    }
    if (veto != null) {
      vetoed++;
    }
    Calibration calibration = calibrator.current();
    if (neighbours.isEmpty()) {
      return new SemanticVerdict<>(
          Kind.MISS,
          0,
          calibration.threshold(),
          veto,
          new Inquiry<>(this, question, vector, List.of(), new float[0], request));
    }
    float[] features = PairFeatures.of(question, neighbours, counts);
    double probability = calibration.model().probability(features);
    Kind kind = calibration.accepts(probability, features) ? hitOrExplore() : Kind.MISS;
    if (kind != Kind.MISS) {
      neighbours.get(0).entry().use();
      hits += kind == Kind.HIT ? 1 : 0;
    }
    return new SemanticVerdict<>(
        kind,
        probability,
        calibration.threshold(),
        veto,
        new Inquiry<>(this, question, vector, neighbours, features, request));
  }

  private Kind hitOrExplore() {
    return random.getAsDouble() < exploration ? Kind.EXPLORE : Kind.HIT;
  }

  /** Learns an answer, and that of which neighbours it equals; see {@link SemanticCache#learn}. */
  void learn(Inquiry<V> inquiry, boolean wasHit, V answer, boolean[] equal, long now, long size) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (!inquiry.neighbours().isEmpty()) {
        label(inquiry, wasHit, equal);
      }
      insert(inquiry, answer, equal, now, size);
      removeExpired(now);
    }
    calibrator.refit();
  }

  private void label(Inquiry<V> inquiry, boolean wasHit, boolean[] equal) {
    boolean wrong = !equal[0];
    boolean novel = true;
    for (boolean each : equal) {
      novel &= !each;
    }
    SemanticEntry<V> nearest = inquiry.neighbours().get(0).entry();
    nearest.note(wrong);
    nearest.group().note(wrong);
    if (wasHit) {
      explored++;
      exploredWrong += wrong ? 1 : 0;
    }
    float stands = wasHit ? (float) (1 / exploration) : 1;
    grow(
        calibrator.add(
            new CalibrationLabel(inquiry.features(), wrong, novel, stands, inquiry.request())));
  }

  private void insert(Inquiry<V> inquiry, V answer, boolean[] equal, long now, long size) {
    AnswerGroup group = null;
    float near = 0;
    for (int i = 0; i < equal.length; i++) {
      if (equal[i]) {
        Neighbour<V> neighbour = inquiry.neighbours().get(i);
        AnswerGroup other = neighbour.entry().group();
        if (group == null) {
          group = other;
          near = (float) neighbour.similarity();
        } else {
          group.merge(other);
        }
      }
    }
    String id = totals.nextId();
    SemanticEntry<V> entry =
        new SemanticEntry<>(
            id,
            inquiry.question(),
            answer,
            group == null ? new AnswerGroup() : group,
            now,
            size,
            near);
    index.put(name, new VectorEntry(id, inquiry.vector(), Map.of()));
    entries.put(id, entry);
    queue.add(entry);
    counts.add(inquiry.question());
    grow(size);
  }

  private void removeExpired(long now) {
    while (!queue.isEmpty() && now - queue.element().writtenNanos() > ttlNanos) {
      remove(queue.remove());
    }
  }

  /** Removes the oldest entry that was not used lately; returns the bytes that became free. */
  synchronized long evict() {
    long before = weight;
    for (int turn = queue.size(); turn >= 0 && !queue.isEmpty(); turn--) {
      SemanticEntry<V> oldest = queue.remove();
      if (turn == 0 || !oldest.takeUsed()) {
        remove(oldest);
        break;
      }
      queue.add(oldest);
    }
    return before - weight;
  }

  /** Removes the entries of some answers; returns how many there were. */
  synchronized int removeIf(Predicate<? super V> answers) {
    int removed = 0;
    for (SemanticEntry<V> entry : List.copyOf(queue)) {
      if (answers.test(entry.answer())) {
        queue.remove(entry);
        remove(entry);
        removed++;
      }
    }
    return removed;
  }

  private void remove(SemanticEntry<V> entry) {
    entries.remove(entry.id());
    index.remove(name, entry.id());
    counts.remove(entry.question());
    grow(-entry.weight());
  }

  private void grow(long bytes) {
    weight += bytes;
    totals.grow(bytes);
  }

  /** Removes everything; what is learned later is dropped. */
  synchronized int close() {
    closed = true;
    int count = entries.size();
    index.removeAll(name);
    entries.clear();
    queue.clear();
    grow(-weight);
    return count;
  }
}
