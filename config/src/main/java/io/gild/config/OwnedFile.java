package io.gild.config;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A file that one user of all JVMs owns at a time, until it is closed or its JVM ends; the file
 * names its owner. Thread-safe.
 *
 * <p>A JVM loses a lock as soon as it closes any channel of the locked file. So a JVM does not open
 * a file that it owns, and keeps a channel open that met the lock of another copy of this class.
 */
@Experimental
public final class OwnedFile implements Closeable {

  /** Far behind the text, so that others can read it where locks are mandatory. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int LONGEST_OWNER = 1_024;
  private static final Set<Path> OWNED = new HashSet<>();
  private static final Map<Path, FileChannel> KEPT = new HashMap<>();

  private final Path file;
  private final FileChannel channel;

  private OwnedFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** The file has an owner. */
  public static final class TakenException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String owner;

    TakenException(Path file, String owner) {
      super(file + " is used by " + owner);
      this.owner = owner;
    }

    /**
     * Returns the owner.
     *
     * @return such as {@code process 42, started 2026-01-31T12:00:00Z}
     */
    public String owner() {
      return owner;
    }
  }

  /**
   * Takes a file.
   *
   * @param file the file, made with the folders above it if it is missing, readable by its owner
   *     alone
   * @return the file, which is owned until it is closed
   * @throws TakenException if it has another owner, in this JVM or in another one
   * @throws IOException if it cannot be made or locked
   */
  public static OwnedFile take(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    PrivateFiles.createDirectories(absolute.resolveSibling(""));
    Path key = absolute.resolveSibling("").toRealPath().resolve(absolute.getFileName());
    synchronized (OWNED) {
      if (OWNED.contains(key)) {
        throw new TakenException(absolute, self());
      }
      FileChannel channel = lock(absolute, key);
      OWNED.add(key);
      return new OwnedFile(key, channel);
    }
  }

  private static FileChannel lock(Path file, Path key) throws IOException {
    FileChannel kept = KEPT.remove(key);
    FileChannel channel =
        kept == null
            ? PrivateFiles.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
            : kept;
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        throw new TakenException(file, owner(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((self() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
      return channel;
    } catch (OverlappingFileLockException otherCopyOfThisClass) {
      KEPT.put(key, channel);
      throw new TakenException(file, owner(channel));
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
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
    return "process " + process.pid() + started;
  }

  /** Gives the file up; it stays, and others can take it. */
  @Override
  public void close() throws IOException {
    synchronized (OWNED) {
      if (channel.isOpen()) {
        channel.close();
        OWNED.remove(file);
      }
    }
  }
}
