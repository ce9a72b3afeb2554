package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.core.GildLog;
import io.gild.memory.spi.MemoryStore;
import io.gild.vectors.VectorSpace;
import io.gild.vectors.spi.TextIndex;
import io.gild.vectors.spi.VectorIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps memories in this JVM, and in a folder if there is one: one file for each tenant, a journal
 * of changes. A change is in the file before it is acknowledged, so that the death of the JVM loses
 * none. A file is written anew when something is forgotten, so that no byte of it stays.
 *
 * <p>Tenants are read when they are first used. With a folder, those used longest ago leave memory
 * when there are too many memories in it. One JVM uses a folder at a time.
 */
@Experimental
public final class EmbeddedMemoryStore implements MemoryStore {

  private static final String SUFFIX = ".jsonl";

  private final @Nullable Path folder;
  private final @Nullable FolderLock folderLock;
  private final TextIndex texts;
  private final VectorIndex vectors;
  private final int maxLoaded;
  private final boolean writable;
  private final Map<String, TenantMemories> tenants = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  /**
   * Creates a store in this JVM alone, whose memories end with it.
   *
   * @param texts an empty index; closed with the store
   * @param vectors an empty index; closed with the store
   */
  public EmbeddedMemoryStore(TextIndex texts, VectorIndex vectors) {
    this(null, null, texts, vectors, Integer.MAX_VALUE, true);
  }

  /**
   * Opens a folder, and makes it if it is missing.
   *
   * @param folder the folder
   * @param texts an empty index; closed with the store
   * @param vectors an empty index; closed with the store
   * @param maxLoaded about how many memories of all tenants are in memory; 1 or more
   * @throws MemoryException if another process uses the folder, or it cannot be made
   */
  public EmbeddedMemoryStore(Path folder, TextIndex texts, VectorIndex vectors, int maxLoaded) {
    this(
        folder.toAbsolutePath(),
        FolderLock.take(folder.toAbsolutePath()),
        texts,
        vectors,
        maxLoaded,
        true);
  }

  private EmbeddedMemoryStore(
      @Nullable Path folder,
      @Nullable FolderLock folderLock,
      TextIndex texts,
      VectorIndex vectors,
      int maxLoaded,
      boolean writable) {
    Require.atLeast(1, maxLoaded, "max-loaded");
    this.folder = folder;
    this.folderLock = folderLock;
    this.writable = writable;
    this.texts = texts;
    this.vectors = vectors;
    this.maxLoaded = maxLoaded;
  }

  /**
   * Opens a folder for reading, also while another process uses it.
   *
   * @param folder the folder; a missing one has no memories
   * @param texts an empty index; closed with the store
   * @param vectors an empty index; closed with the store
   * @return a store that rejects changes, and does not see those that come after it has read a
   *     tenant
   */
  public static EmbeddedMemoryStore reading(Path folder, TextIndex texts, VectorIndex vectors) {
    return new EmbeddedMemoryStore(
        folder.toAbsolutePath(), null, texts, vectors, Integer.MAX_VALUE, false);
  }

  @Override
  public VectorSpace space() {
    return vectors.space();
  }

  @Override
  public MemoryWrite change(
      String tenant,
      Collection<String> ids,
      Collection<String> fingerprints,
      Function<List<MemoryRecord>, MemoryWrite> change) {
    if (!writable) {
      throw new MemoryException(folder + " was opened for reading alone", null);
    }
    return with(
        tenant,
        memories ->
            memories.writing(() ->
                memories.change(ids, fingerprints, found -> requireSpace(change.apply(found)))));
  }

  private MemoryWrite requireSpace(MemoryWrite write) {
    write.put().forEach(this::requireSpace);
    return write;
  }

  private void requireSpace(MemoryRecord record) {
    int length = record.vector().length;
    if (length != 0 && length != space().dimensions()) {
      throw new IllegalArgumentException(
          "the vector of %s has %d dimensions; those of %s have %d. Embed the text again."
              .formatted(record.memory().id(), length, space().model(), space().dimensions()));
    }
  }

  @Override
  public List<MemoryRecord> read(String tenant, Collection<String> ids) {
    return with(tenant, memories -> memories.reading(() -> memories.read(ids)));
  }

  @Override
  public List<MemoryRecord> all(String tenant) {
    return with(tenant, memories -> memories.reading(memories::all));
  }

  @Override
  public List<MemoryCandidate> search(String tenant, MemorySearch search) {
    return with(tenant, memories -> memories.reading(() -> memories.search(search)));
  }

  @Override
  public void used(String tenant, Collection<String> ids, Instant at) {
    if (!writable) {
      return;
    }
    with(
        tenant,
        memories ->
            memories.writing(() -> {
              memories.used(ids, at);
              return true;
            }));
  }

  /** Uses a tenant's memories; if they were unloaded at this moment, they are read again. */
  private <T> T with(String tenant, Function<TenantMemories, @Nullable T> use) {
    while (true) {
      T result = use.apply(memories(tenant));
      if (result != null) {
        unloadSome(tenant);
        return result;
      }
    }
  }

  private TenantMemories memories(String tenant) {
    synchronized (tenants) {
      if (closed) {
        throw new MemoryException("The store of memories is closed", null);
      }
      return tenants.computeIfAbsent(
          tenant, name -> new TenantMemories(name, texts, vectors, file(name)));
    }
  }

  private @Nullable MemoryFile file(String tenant) {
    return folder == null
        ? null
        : new MemoryFile(folder.resolve(FileNames.of(tenant) + SUFFIX), tenant, space());
  }

  private void unloadSome(String used) {
    if (folder == null) {
      return;
    }
    excess(used)
        .forEach((tenant, memories) -> {
          try {
            memories.unload(); // first, so that no one reads the file before the last write
          } catch (IOException failure) {
            GildLog.faultOnce("Writing uses of memories", failure);
          }
          synchronized (tenants) {
            tenants.remove(tenant, memories);
          }
        });
  }

  /** Returns the tenants that were used longest ago. */
  private Map<String, TenantMemories> excess(String used) {
    Map<String, TenantMemories> excess = new LinkedHashMap<>();
    synchronized (tenants) {
      long sum = tenants.values().stream().mapToLong(TenantMemories::size).sum();
      for (Map.Entry<String, TenantMemories> each : tenants.entrySet()) {
        if (sum <= maxLoaded) {
          break;
        }
        if (!each.getKey().equals(used)) {
          sum -= each.getValue().size();
          excess.put(each.getKey(), each.getValue());
        }
      }
    }
    return excess;
  }

  @Override
  public List<String> tenants() {
    if (folder == null) {
      synchronized (tenants) {
        return tenants.entrySet().stream()
            .filter(entry -> entry.getValue().size() > 0)
            .map(Map.Entry::getKey)
            .toList();
      }
    }
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return names;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
        String tenant = MemoryFile.tenant(file);
        if (tenant != null) {
          names.add(tenant);
        }
      }
      return names;
    } catch (IOException failure) {
      throw new MemoryException("Cannot list the tenants in " + folder + ": " + failure, failure);
    }
  }

  /** Writes what was counted, and closes the folder for others to use. */
  @Override
  public void close() {
    List<TenantMemories> all;
    synchronized (tenants) {
      closed = true;
      all = List.copyOf(tenants.values());
      tenants.clear();
    }
    try {
      for (TenantMemories each : all) {
        each.unload();
      }
      if (folderLock != null) {
        folderLock.close();
      }
    } catch (IOException failure) {
      throw new MemoryException("Cannot close " + folder + ": " + failure, failure);
    } finally {
      texts.close();
      vectors.close();
    }
  }
}
