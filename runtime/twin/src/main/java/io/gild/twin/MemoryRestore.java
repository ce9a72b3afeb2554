package io.gild.twin;

import io.gild.config.Json;
import io.gild.memory.Memory;
import io.gild.memory.MemoryJson;
import io.gild.memory.MemoryRecord;
import io.gild.memory.MemoryWrite;
import io.gild.memory.spi.MemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the memories of an agent those of a twin. Doing it twice changes nothing more. Not
 * thread-safe.
 */
final class MemoryRestore {

  private static final int TOGETHER = 500;

  private final MemoryStore store;
  private final RestoreScope scope;
  private final boolean dry;
  private final Map<String, Set<String>> kept = new HashMap<>();
  private final List<MemoryRecord> waiting = new ArrayList<>();
  private long written;
  private long removed;
  private long same;

  MemoryRestore(MemoryStore store, RestoreScope scope, boolean dry) {
    this.store = store;
    this.scope = scope;
    this.dry = dry;
  }

  void add(MemoryRecord record) {
    String tenant = record.memory().owner().tenant();
    if (!waiting.isEmpty()
        && (waiting.size() >= TOGETHER
            || !waiting.get(0).memory().owner().tenant().equals(tenant))) {
      flush();
    }
    kept.computeIfAbsent(tenant, none -> new HashSet<>()).add(record.memory().id());
    waiting.add(record);
  }

  private void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    List<MemoryRecord> records = List.copyOf(waiting);
    waiting.clear();
    String tenant = records.get(0).memory().owner().tenant();
    List<String> ids = records.stream().map(record -> record.memory().id()).toList();
    List<MemoryRecord> put = changed(records, store.read(tenant, ids));
    written += put.size();
    same += records.size() - put.size();
    if (!dry && !put.isEmpty()) {
      store.change(tenant, ids, List.of(), found -> MemoryWrite.of(changed(records, found)));
    }
  }

  private List<MemoryRecord> changed(List<MemoryRecord> records, List<MemoryRecord> found) {
    Map<String, Memory> known = new HashMap<>();
    found.forEach(record -> known.put(record.memory().id(), record.memory()));
    List<MemoryRecord> changed = new ArrayList<>();
    for (MemoryRecord record : records) {
      Memory old = known.get(record.memory().id());
      if (old != null && !scope.contains(old.owner())) {
        throw new TwinException(
            "Memory %s belongs to agent \"%s\" now, and to \"%s\" in the twin. Nothing was restored. Forget one of them first."
                .formatted(old.id(), old.owner().agent(), record.memory().owner().agent()));
      }
      if (old == null || !text(old).equals(text(record.memory()))) {
        changed.add(record);
      }
    }
    return changed;
  }

  private static String text(Memory memory) {
    return Json.write(MemoryJson.of(memory));
  }

  /** Removes what the twin does not have. */
  void finish() {
    flush();
    Set<String> tenants = new TreeSet<>(store.tenants());
    for (String tenant : tenants) {
      Set<String> wanted = kept.getOrDefault(tenant, Set.of());
      List<String> others =
          store.all(tenant).stream()
              .map(MemoryRecord::memory)
              .filter(memory -> scope.contains(memory.owner()) && !wanted.contains(memory.id()))
              .map(Memory::id)
              .toList();
      removed += others.size();
      if (!dry && !others.isEmpty()) {
        store.change(tenant, others, List.of(), found -> MemoryWrite.removing(others));
      }
    }
  }

  long written() {
    return written;
  }

  long removed() {
    return removed;
  }

  long same() {
    return same;
  }
}
