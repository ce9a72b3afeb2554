package io.gild.orchestration;

import io.gild.config.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Held by the one JVM that executes a run; the operating system frees it when that JVM dies. */
final class RunLock implements Closeable {

  /** Files that this JVM has locked: to close another channel of one would free its lock. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock; {@code null} if it is held, by another JVM or by this one. */
  static @Nullable RunLock tryLock(Path file) throws IOException {
    if (!HELD.add(file)) {
      return null;
    }
    FileChannel channel = null;
    RunLock taken = null;
    try {
      channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      taken = channel.tryLock() == null ? null : new RunLock(file, channel);
      return taken;
    } catch (OverlappingFileLockException held) { // by a copy of this class in the same JVM
      return null;
    } finally {
      if (taken == null) {
        HELD.remove(file);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(file);
  }
}
