package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import io.gild.memory.spi.SessionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each session in a file of its own, as a journal of its changes. A change is in the file
 * before it is acknowledged, so that the death of the JVM loses none; the death of the machine may
 * lose the last seconds. Files are rewritten when half of them is out of date, and at once when
 * messages are removed by name, so that no byte of them stays.
 *
 * <p>One JVM uses a folder at a time; the second is refused with the name of the first.
 */
@Experimental
public final class FolderSessionStore implements SessionStore {

  private static final String SUFFIX = ".jsonl";
  private static final int CACHED_SESSIONS = 10_000;
  private static final long CACHED_BYTES = 64L << 20;

  private final Path folder;
  private final @Nullable FolderLock lock;
  private final Clock clock;
  private final SessionCache cache = new SessionCache(CACHED_SESSIONS, CACHED_BYTES);

  /**
   * Opens a folder, and makes it if it is missing.
   *
   * @param folder the folder
   * @param clock decides when a session has expired
   * @throws MemoryException if another process uses the folder, or it cannot be made
   */
  public FolderSessionStore(Path folder, Clock clock) {
    this(folder.toAbsolutePath(), FolderLock.take(folder.toAbsolutePath()), clock);
  }

  private FolderSessionStore(Path folder, @Nullable FolderLock lock, Clock clock) {
    this.folder = folder;
    this.lock = lock;
    this.clock = clock;
  }

  /**
   * Opens a folder for reading, also while another process uses it.
   *
   * @param folder the folder; a missing one has no sessions
   * @param clock decides when a session has expired
   * @return a store that rejects changes, and does not see those that come after it has read a
   *     session
   */
  public static FolderSessionStore reading(Path folder, Clock clock) {
    return new FolderSessionStore(folder.toAbsolutePath(), null, clock);
  }

  @Override
  public SessionSnapshot read(SessionKey key) {
    return cache.with(
        key,
        slot -> {
          SessionState state = present(slot, key);
          return state == null ? SessionSnapshot.empty(key) : state.snapshot(key);
        });
  }

  @Override
  public SessionOutcome change(SessionKey key, SessionChange change) {
    requireWritable();
    return cache.with(key, slot -> change(slot, key, change));
  }

  private void requireWritable() {
    if (lock == null) {
      throw new MemoryException(folder + " was opened for reading alone", null);
    }
  }

  private SessionOutcome change(SessionCache.Slot slot, SessionKey key, SessionChange change) {
    SessionState present = present(slot, key);
    SessionState state = present == null ? new SessionState() : present;
    SessionEffect effect = state.plan(change, clock.now());
    if (effect == null || present == null && effect.isEmpty()) {
      return state.outcome(effect);
    }
    long before = state.bytes();
    SessionFile file = file(key);
    try {
      file.append(effect);
      state.accept(effect);
      if (!change.removed().isEmpty()) {
        file.rewrite(state);
      } else {
        file.rewriteIfWasteful(state);
      }
    } catch (IOException failure) {
      slot.remove(); // what is in the file is read anew
      throw failed("write", key, failure);
    }
    slot.put(state, before);
    return state.outcome(effect);
  }

  private @Nullable SessionState present(SessionCache.Slot slot, SessionKey key) {
    SessionState state = slot.get();
    if (state == null) {
      state = load(slot, key);
    }
    if (state != null && state.isExpired(clock.now())) {
      slot.remove();
      if (lock != null) {
        deleteFile(key);
      }
      return null;
    }
    return state;
  }

  private @Nullable SessionState load(SessionCache.Slot slot, SessionKey key) {
    try {
      SessionState state = file(key).load();
      if (state != null) {
        slot.put(state, 0);
      }
      return state;
    } catch (IOException failure) {
      throw failed("read", key, failure);
    }
  }

  @Override
  public boolean delete(SessionKey key) {
    requireWritable();
    return cache.with(
        key,
        slot -> {
          boolean present = present(slot, key) != null;
          slot.remove();
          deleteFile(key);
          return present;
        });
  }

  private void deleteFile(SessionKey key) {
    try {
      Files.deleteIfExists(file(key).path());
    } catch (IOException failure) {
      throw failed("delete", key, failure);
    }
  }

  @Override
  public List<SessionKey> sessions(String tenant) {
    Instant now = clock.now();
    List<SessionKey> keys = new ArrayList<>();
    visit(
        folder.resolve(FileNames.of(tenant)),
        (key, state) -> {
          if (key.tenant().equals(tenant) && !state.isExpired(now)) {
            keys.add(key);
          }
        });
    return keys;
  }

  @Override
  public List<String> tenants() {
    Instant now = clock.now();
    Set<String> tenants = new LinkedHashSet<>();
    visit(
        folder,
        (key, state) -> {
          if (!state.isExpired(now)) {
            tenants.add(key.tenant());
          }
        });
    return List.copyOf(tenants);
  }

  @Override
  public int removeExpired() {
    Instant now = clock.now();
    List<SessionKey> expired = new ArrayList<>();
    visit(
        folder,
        (key, state) -> {
          if (state.isExpired(now)) {
            expired.add(key);
          }
        });
    expired.forEach(this::read); // deletes it, unless it was renewed meanwhile
    return expired.size();
  }

  /**
   * Visits the sessions of a folder as their files are; one that is deleted meanwhile is left out.
   */
  private static void visit(Path folder, BiConsumer<SessionKey, SessionState> visitor) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
              if (path.toString().endsWith(SUFFIX)) {
                SessionFile.visit(path, visitor);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException deleted) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException | UncheckedIOException failure) {
      throw new MemoryException("Cannot list the sessions of " + folder + ": " + failure, failure);
    }
  }

  private SessionFile file(SessionKey key) {
    Path place = folder.resolve(FileNames.of(key.tenant())).resolve(FileNames.of(key.agent()));
    String name = FileNames.of(key.session());
    String shard = FileNames.hash(name).substring(0, 2); // a folder of a million files is slow
    return new SessionFile(place.resolve(shard).resolve(name + SUFFIX), key);
  }

  private static MemoryException failed(String what, SessionKey key, IOException failure) {
    return new MemoryException("Cannot " + what + " " + key + ": " + failure, failure);
  }

  /** Closes the folder for others to use. */
  @Override
  public void close() {
    cache.clear();
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException failure) {
      throw new MemoryException("Cannot release " + folder + ": " + failure, failure);
    }
  }
}
