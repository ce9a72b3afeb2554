package io.gild.twin;

import io.gild.config.Experimental;
import io.gild.memory.MemoryRecord;
import io.gild.memory.SessionSnapshot;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A twin in a file of JSON lines, which only its owner can read. The file is read anew each time,
 * line by line. Thread-safe.
 */
@Experimental
public final class TwinFile implements TwinSource {

  private static final TwinVisitor NO_ONE =
      new TwinVisitor() {
        @Override
        public void memory(MemoryRecord record) {}

        @Override
        public void session(SessionSnapshot session) {}
      };

  private final Path path;
  private final Twin twin;

  private TwinFile(Path path, Twin twin) {
    this.path = path;
    this.twin = twin;
  }

  /**
   * Opens a file and checks all of it.
   *
   * @param path the file
   * @return the twin in it
   * @throws TwinException if it cannot be read, was cut off or changed, or has another version
   */
  public static TwinFile open(Path path) {
    return new TwinFile(path, TwinLines.read(path, NO_ONE));
  }

  /**
   * Writes a file, as a whole or not at all.
   *
   * @param path the file; one that exists is replaced
   * @param source the agent
   * @return the file
   * @throws TwinException if the agent cannot be read or the file cannot be written
   */
  public static TwinFile write(Path path, TwinSource source) {
    try {
      TwinWriter.write(path, source);
    } catch (IOException failure) {
      throw new TwinException("Cannot write " + path + ": " + failure, failure);
    }
    return new TwinFile(path, source.twin());
  }

  /**
   * Returns where the file is.
   *
   * @return its path
   */
  public Path path() {
    return path;
  }

  @Override
  public Twin twin() {
    return twin;
  }

  @Override
  public void visit(TwinVisitor visitor) {
    TwinLines.read(path, visitor);
  }
}
