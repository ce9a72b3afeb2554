package io.gild.memory;

import io.gild.config.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a folder for one store of all JVMs. The lock ends with the JVM; the file stays and names
 * the process that had it last.
 */
final class FolderLock implements Closeable {

  /** Far behind the text, so that others can read it where locks are mandatory. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int LONGEST_OWNER = 1_024;

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @throws MemoryException if another store has it, with the name of its process, or the folder
   *     cannot be made
   */
  static FolderLock take(Path folder) {
    try {
      FileChannel channel =
          PrivateFiles.open(
              folder.resolve("lock"), StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        String owner = owner(channel);
        channel.close();
        throw new MemoryException(
            "%s is used by %s. A folder has one user at a time: name another folder, or share sessions and memories through Redis or PostgreSQL."
                .formatted(folder.toAbsolutePath(), owner),
            null);
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)), 0);
      return new FolderLock(channel);
    } catch (IOException failure) {
      throw new MemoryException("Cannot use " + folder + ": " + failure, failure);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException sameJvm) {
      return false;
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_OWNER);
    channel.read(text, 0);
    String owner = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return owner.isEmpty() ? "another process" : owner;
  }

  private static String self() {
    ProcessHandle process = ProcessHandle.current();
    String started = process.info().startInstant().map(at -> ", started " + at).orElse("");
    return "process " + process.pid() + started + "\n";
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
