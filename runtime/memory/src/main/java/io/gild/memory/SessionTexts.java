package io.gild.memory;

import io.gild.vectors.Bm25;
import io.gild.vectors.Bm25Index;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.TextEntry;
import io.gild.vectors.TextMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The memories of one tenant by the session that they come from: which ones were next to each
 * other, and which sessions have the words of a query. A session that has changed is indexed again
 * when the next query comes. Thread-safe.
 */
final class SessionTexts {

  private static final String ALL = "all";

  private final Bm25Index index = new Bm25Index(Bm25.DOCUMENTS);
  private final Map<String, TreeSet<Memory>> sessions = new HashMap<>();

  /** The order in which memories came, for those of the same time. */
  private final Map<String, Long> order = new HashMap<>();

  private long came;
  private final Set<String> changed = new HashSet<>();

  synchronized void put(Memory memory) {
    String session = memory.source().session();
    if (!session.isEmpty() && !memory.kind().equals(Experiences.KIND)) {
      order.computeIfAbsent(memory.id(), none -> came++);
      sessions.computeIfAbsent(session, none -> new TreeSet<>(byTime())).add(memory);
      changed.add(session);
    }
  }

  private Comparator<Memory> byTime() {
    return Comparator.comparing(Memory::created)
        .thenComparing(memory -> order.getOrDefault(memory.id(), Long.MAX_VALUE));
  }

  /** Removes a memory; unless it is forgotten, it comes back to its place. */
  synchronized void remove(Memory memory, boolean forgotten) {
    String session = memory.source().session();
    TreeSet<Memory> line = sessions.get(session);
    if (line != null && line.remove(memory)) {
      changed.add(session);
      if (line.isEmpty()) {
        sessions.remove(session);
      }
    }
    if (forgotten) {
      order.remove(memory.id());
    }
  }

  /** Returns how the sessions fit a query, by their ids. */
  synchronized Map<String, Double> shares(String query) {
    changed.forEach(this::reindex);
    changed.clear();
    Map<String, Double> shares = new HashMap<>();
    for (TextMatch match : index.search(ALL, query, Integer.MAX_VALUE, MetadataFilter.none())) {
      shares.put(match.id(), match.share());
    }
    return shares;
  }

  private void reindex(String session) {
    TreeSet<Memory> line = sessions.get(session);
    if (line == null) {
      index.remove(ALL, session);
      return;
    }
    StringBuilder text = new StringBuilder();
    line.forEach(memory -> text.append(MemoryFacts.words(memory)).append('\n'));
    index.put(ALL, new TextEntry(session, text.toString(), Map.of()));
  }

  /** Returns the memories before one in its session, the nearest first. */
  synchronized List<Memory> before(Memory memory) {
    return next(memory, true);
  }

  /** Returns the memories after one in its session, the nearest first. */
  synchronized List<Memory> after(Memory memory) {
    return next(memory, false);
  }

  private List<Memory> next(Memory memory, boolean back) {
    TreeSet<Memory> line = sessions.get(memory.source().session());
    List<Memory> found = new ArrayList<>();
    Memory at = memory;
    for (int i = 0; line != null && i < RecallScorer.REACH; i++) {
      @Nullable Memory next = back ? line.lower(at) : line.higher(at);
      if (next == null) {
        break;
      }
      found.add(next);
      at = next;
    }
    return found;
  }

  synchronized void clear() {
    index.removeAll(ALL);
    sessions.clear();
    order.clear();
    changed.clear();
  }
}
