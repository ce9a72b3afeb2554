package io.gild.memory.postgres;

import io.gild.memory.MemoryRecord;
import java.util.List;
import java.util.Set;

/**
 * What a change depends on, locked until its end.
 *
 * @param ids the ids that were looked for, whether or not there are records
 * @param fingerprints the fingerprints that were looked for
 * @param found the records
 */
record LockedMemories(Set<String> ids, Set<String> fingerprints, List<StoredMemory> found) {

  List<MemoryRecord> records() {
    return found.stream().map(StoredMemory::record).toList();
  }
}
