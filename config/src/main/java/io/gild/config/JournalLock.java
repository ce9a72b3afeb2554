package io.gild.config;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock that one thread of all JVMs holds at a time.
 *
 * <p>An interrupt does not end the wait; the flag is set again afterwards.
 */
final class JournalLock {

  /** The lock of a file is the whole JVM's, so its threads take turns here. */
  private static final ReentrantLock JVM = new ReentrantLock();

  private static final long RETRY_NANOS = 1_000_000;

  /** Runs while the lock is held. */
  interface Action {
    void run() throws IOException;
  }

  private JournalLock() {}

  static void holding(Path file, Action action) throws IOException {
    boolean interrupted = false;
    JVM.lock();
    try {
      interrupted = Thread.interrupted(); // the flag would close the channel
      FileChannel held = null;
      while (held == null) {
        held = tryLock(file);
        interrupted |= Thread.interrupted();
      }
      try {
        action.run();
      } finally {
        held.close();
      }
    } finally {
      JVM.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static @Nullable FileChannel tryLock(Path file) throws IOException {
    FileChannel channel = PrivateFiles.open(file, StandardOpenOption.WRITE);
    try {
      channel.lock();
      return channel;
    } catch (FileLockInterruptionException | ClosedByInterruptException interrupted) {
      channel.close();
    } catch (OverlappingFileLockException otherClassLoader) {
      channel.close();
      LockSupport.parkNanos(RETRY_NANOS);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
    return null;
  }
}
