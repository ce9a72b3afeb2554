package io.gild.memory;

import io.gild.config.OwnedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Keeps a folder for one store of all JVMs. The lock ends with the JVM; the file stays and names
 * the process that had it last.
 */
final class FolderLock implements Closeable {

  private final OwnedFile file;

  private FolderLock(OwnedFile file) {
    this.file = file;
  }

  /**
   * Takes the folder.
   *
   * @throws MemoryException if another store has it, with the name of its process, or the folder
   *     cannot be made
   */
  static FolderLock take(Path folder) {
    try {
      return new FolderLock(OwnedFile.take(folder.resolve("lock")));
    } catch (OwnedFile.TakenException taken) {
      throw new MemoryException(
          "%s is used by %s. A folder has one user at a time: name another folder, or share sessions and memories through Redis or PostgreSQL."
              .formatted(folder.toAbsolutePath(), taken.owner()),
          null);
    } catch (IOException failure) {
      throw new MemoryException("Cannot use " + folder + ": " + failure, failure);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
