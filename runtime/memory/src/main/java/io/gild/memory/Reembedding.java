package io.gild.memory;

import io.gild.core.spi.Embedder;
import io.gild.memory.MemoryFile.Use;
import io.gild.vectors.VectorSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes the vectors of memories in a folder anew, when another model is to be used. */
final class Reembedding {

  private Reembedding() {}

  /** Embeds all files again, each as a whole or not at all; returns how many memories there are. */
  static int run(Path folder, Embedder embedder, VectorSpace space) {
    try {
      FolderLock lock = FolderLock.take(folder);
      try (Stream<Path> files = Files.list(folder)) {
        int memories = 0;
        for (Path path : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
          memories += reembed(path, embedder, space);
        }
        return memories;
      } finally {
        lock.close();
      }
    } catch (IOException failure) {
      throw new MemoryException("Cannot embed " + folder + " again: " + failure, failure);
    }
  }

  private static int reembed(Path path, Embedder embedder, VectorSpace space) throws IOException {
    String tenant = MemoryFile.tenant(path);
    VectorSpace old = MemoryFile.space(path);
    if (tenant == null || old == null) {
      return 0;
    }
    Map<String, MemoryRecord> records = new LinkedHashMap<>();
    new MemoryFile(path, tenant, old).read(new Collector(records));
    List<MemoryRecord> embedded =
        records.values().stream()
            .map(record ->
                new MemoryRecord(
                    record.memory(), Memories.vector(record.memory(), embedder, space)))
            .toList();
    new MemoryFile(path, tenant, space).rewrite(embedded);
    return embedded.size();
  }

  /** Reads the records of a file. */
  private record Collector(Map<String, MemoryRecord> records) implements MemoryFile.Visitor {

    @Override
    public void put(MemoryRecord record) {
      records.put(record.memory().id(), record);
    }

    @Override
    public void remove(String id) {
      records.remove(id);
    }

    @Override
    public void use(String id, Use use) {
      records.computeIfPresent(
          id,
          (same, record) ->
              record.with(record.memory().toBuilder().used(use.number(), use.last()).build()));
    }
  }
}
