package io.gild.memory;

import io.gild.memory.MemoryCandidate.Neighbour;
import io.gild.memory.MemoryFile.Use;
import io.gild.vectors.TextEntry;
import io.gild.vectors.TextMatch;
import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorMatch;
import io.gild.vectors.spi.TextIndex;
import io.gild.vectors.spi.VectorIndex;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The memories of one tenant, with their indexes and their file. Thread-safe. */
final class TenantMemories {

  /** How many uses are counted before they are written. */
  private static final int UNWRITTEN_USES = 256;

  /** So many changed lines beyond the number of records are not worth a rewrite. */
  private static final int SPARE_LINES = 1_024;

  private final String tenant;
  private final TextIndex texts;
  private final VectorIndex vectors;
  private final SessionTexts sessions = new SessionTexts();
  private final @Nullable MemoryFile file;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, MemoryRecord> records = new LinkedHashMap<>();
  private final Map<String, String> fingerprints = new HashMap<>();
  private final Map<String, Use> unwritten = new LinkedHashMap<>();
  private boolean loaded;
  private boolean unloaded;
  private int lines;
  private volatile int size;

  TenantMemories(String tenant, TextIndex texts, VectorIndex vectors, @Nullable MemoryFile file) {
    this.tenant = tenant;
    this.texts = texts;
    this.vectors = vectors;
    this.file = file;
  }

  /** A use of the memories, which may fail on their file. */
  interface Access<T> {
    T run() throws IOException;
  }

  /** Runs while no one changes the memories; {@code null} if they were unloaded meanwhile. */
  <T> @Nullable T reading(Access<T> access) {
    load();
    lock.readLock().lock();
    try {
      return unloaded ? null : access.run();
    } catch (IOException failure) {
      throw failed("read", failure);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Runs while no one else uses the memories; {@code null} if they were unloaded meanwhile. */
  <T> @Nullable T writing(Access<T> access) {
    load();
    lock.writeLock().lock();
    try {
      return unloaded ? null : access.run();
    } catch (IOException failure) {
      throw failed("write", failure);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private MemoryException failed(String what, IOException failure) {
    return new MemoryException(
        "Cannot " + what + " the memories of tenant \"" + tenant + "\": " + failure, failure);
  }

  private void load() {
    if (isLoaded()) {
      return;
    }
    lock.writeLock().lock();
    try {
      if (!loaded && file != null) {
        file.read(new Loader());
        records.values().forEach(this::index);
      }
      loaded = true;
      size = records.size();
    } catch (IOException failure) {
      drop();
      throw failed("read", failure);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean isLoaded() {
    lock.readLock().lock();
    try {
      return loaded;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Puts what the file has into the map alone; the indexes follow at the end. */
  private final class Loader implements MemoryFile.Visitor {

    @Override
    public void put(MemoryRecord record) {
      records.put(record.memory().id(), record);
      lines++;
    }

    @Override
    public void remove(String id) {
      records.remove(id);
      lines++;
    }

    @Override
    public void use(String id, Use use) {
      count(id, use);
      lines++;
    }
  }

  MemoryWrite change(
      Collection<String> ids,
      Collection<String> wanted,
      Function<List<MemoryRecord>, MemoryWrite> change)
      throws IOException {
    Set<String> all = new LinkedHashSet<>(ids);
    for (String fingerprint : wanted) {
      String id = fingerprints.get(fingerprint);
      if (id != null) {
        all.add(id);
      }
    }
    MemoryWrite write = change.apply(read(all));
    if (!write.isEmpty()) {
      write(write);
    }
    return write;
  }

  private void write(MemoryWrite write) throws IOException {
    if (file != null && write.removed().isEmpty()) {
      file.append(write);
      lines += write.put().size();
    } else if (file != null) {
      replace(file, write);
    }
    write.put().forEach(this::put);
    write.removed().forEach(this::remove);
    size = records.size();
    rewriteIfWasteful();
  }

  /** Writes the file anew, so that no byte of what is removed stays in it. */
  private void replace(MemoryFile in, MemoryWrite write) throws IOException {
    Map<String, MemoryRecord> after = new LinkedHashMap<>(records);
    write.put().forEach(record -> after.put(record.memory().id(), record));
    write.removed().forEach(after::remove);
    in.rewrite(after.values());
    lines = after.size();
    unwritten.clear();
  }

  private void put(MemoryRecord record) {
    String id = record.memory().id();
    unindex(id, false);
    records.put(id, record);
    index(record);
  }

  private void remove(String id) {
    unindex(id, true);
    records.remove(id);
  }

  private void index(MemoryRecord record) {
    Memory memory = record.memory();
    if (memory.pruned() == null) {
      TextEntry entry = entry(memory);
      texts.put(tenant, entry);
      sessions.put(memory);
      if (record.vector().length > 0) {
        vectors.put(tenant, new VectorEntry(memory.id(), record.vector(), entry.metadata()));
      }
      if (memory.validUntil() == null) {
        fingerprints.put(record.fingerprint(), memory.id());
      }
    }
  }

  private void unindex(String id, boolean forgotten) {
    MemoryRecord known = records.get(id);
    if (known != null) {
      texts.remove(tenant, id);
      vectors.remove(tenant, id);
      sessions.remove(known.memory(), forgotten);
      fingerprints.remove(known.fingerprint(), id);
    }
  }

  List<MemoryCandidate> search(MemorySearch search) {
    Found found = new Found(search);
    Set<String> ids = new LinkedHashSet<>(found.words.keySet());
    ids.addAll(found.similarities.keySet());
    for (MemoryRecord record : read(List.copyOf(ids))) {
      found.neighbours(record.memory(), true).forEach(each -> ids.add(each.memory().id()));
      found.neighbours(record.memory(), false).forEach(each -> ids.add(each.memory().id()));
    }
    List<MemoryCandidate> candidates = new ArrayList<>(ids.size());
    for (MemoryRecord record : read(ids)) {
      Memory memory = record.memory();
      candidates.add(
          new MemoryCandidate(
              memory,
              found.scores(record),
              found.neighbours(memory, true),
              found.neighbours(memory, false)));
    }
    return candidates;
  }

  /** What the indexes found. */
  private final class Found {

    private final MemorySearch search;
    private final Map<String, Double> words = new LinkedHashMap<>();
    private final Map<String, Double> similarities = new LinkedHashMap<>();
    private final Map<String, Double> shares;
    private final Map<String, Boolean> accepted = new HashMap<>();
    private final Map<String, SearchScores> scores = new HashMap<>();

    Found(MemorySearch search) {
      this.search = search;
      this.shares = sessions.shares(search.text());
      int limit = search.candidates();
      for (TextMatch match : texts.search(tenant, search.text(), limit, search.condition())) {
        words.put(match.id(), match.share());
      }
      if (search.vector().length > 0) {
        for (VectorMatch match :
            vectors.nearest(tenant, search.vector(), limit, search.condition())) {
          similarities.put(match.id(), match.similarity());
        }
      }
    }

    SearchScores scores(MemoryRecord record) {
      return scores.computeIfAbsent(record.memory().id(), id -> score(id, record));
    }

    private SearchScores score(String id, MemoryRecord record) {
      Double similarity = similarities.get(id);
      return new SearchScores(
          words.getOrDefault(id, 0.0),
          similarity == null ? MemoryRecord.cosine(record.vector(), search.vector()) : similarity,
          shares.getOrDefault(record.memory().source().session(), 0.0));
    }

    /** Returns the neighbours that may be seen. */
    List<Neighbour> neighbours(Memory memory, boolean before) {
      List<Neighbour> seen = new ArrayList<>();
      for (Memory each : before ? sessions.before(memory) : sessions.after(memory)) {
        MemoryRecord record = records.get(each.id());
        if (record != null && accepted.computeIfAbsent(each.id(), id -> accepts(each))) {
          seen.add(new Neighbour(each, scores(record)));
        }
      }
      return seen;
    }

    private boolean accepts(Memory memory) {
      return search.condition().accepts(entry(memory).metadata());
    }
  }

  private static TextEntry entry(Memory memory) {
    return new TextEntry(memory.id(), MemoryFacts.words(memory), MemoryFacts.of(memory));
  }

  List<MemoryRecord> read(Collection<String> ids) {
    List<MemoryRecord> found = new ArrayList<>();
    for (String id : ids) {
      MemoryRecord record = records.get(id);
      if (record != null) {
        found.add(record);
      }
    }
    return found;
  }

  List<MemoryRecord> all() {
    return List.copyOf(records.values());
  }

  int size() {
    return size;
  }

  /** Counts uses, which change no index. */
  void used(Collection<String> ids, Instant at) throws IOException {
    for (String id : ids) {
      MemoryRecord record = records.get(id);
      if (record != null) {
        Memory memory = record.memory();
        Use use = new Use(memory.uses() + 1, later(memory.lastUsed(), at));
        count(id, use);
        unwritten.put(id, use);
      }
    }
    if (unwritten.size() >= UNWRITTEN_USES) {
      writeUses();
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void count(String id, Use use) {
    records.computeIfPresent(
        id,
        (same, record) ->
            record.with(record.memory().toBuilder().used(use.number(), use.last()).build()));
  }

  void writeUses() throws IOException {
    if (file != null && !unwritten.isEmpty()) {
      file.appendUses(unwritten);
      lines += unwritten.size();
      rewriteIfWasteful();
    }
    unwritten.clear();
  }

  private void rewriteIfWasteful() throws IOException {
    if (file != null && lines > 2 * records.size() + SPARE_LINES) {
      file.rewrite(records.values());
      lines = records.size();
      unwritten.clear();
    }
  }

  /** Leaves memory; later uses find that it is unloaded. */
  void unload() throws IOException {
    lock.writeLock().lock();
    try {
      if (loaded) {
        writeUses();
      }
      drop();
      unloaded = true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void drop() {
    records.clear();
    fingerprints.clear();
    unwritten.clear();
    texts.removeAll(tenant);
    vectors.removeAll(tenant);
    sessions.clear();
    lines = 0;
    size = 0;
  }
}
