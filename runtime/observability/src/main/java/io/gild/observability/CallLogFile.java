package io.gild.observability;

import io.gild.config.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends lines to a file that never exceeds its limit: the full file becomes {@code FILE.1}, which
 * takes the place of the one before.
 *
 * <p>Several JVMs that share a file may exceed the limit by a few lines each. A file that was
 * renamed or deleted is made again; a truncated one is continued. For one thread.
 */
final class CallLogFile implements CallLogQueue.Output {

  private static final int MOST_BYTES_AT_ONCE = 1 << 16;

  private final Journal journal;
  private final long mostBytes;

  CallLogFile(Path file, long maxBytes) {
    this.journal = Journal.builder(file).maxBytes(maxBytes).build();
    this.mostBytes = Math.min(maxBytes, MOST_BYTES_AT_ONCE);
  }

  @Override
  public void write(List<String> lines) throws IOException {
    boolean begun = false;
    try {
      for (List<String> group : groups(lines)) {
        journal.append(group);
        begun = true;
      }
    } catch (FileSystemException fault) {
      throw begun ? new IOException("Cannot write all lines: " + fault, fault) : fault;
    }
  }

  /** Divides lines so that each group fits into a file. */
  private List<List<String>> groups(List<String> lines) {
    List<List<String>> groups = new ArrayList<>();
    long bytes = mostBytes;
    for (String line : lines) {
      int length = line.getBytes(StandardCharsets.UTF_8).length + 1;
      if (bytes + length > mostBytes) {
        groups.add(new ArrayList<>());
        bytes = 0;
      }
      groups.get(groups.size() - 1).add(line);
      bytes += length;
    }
    return groups;
  }

  /** Closes the file, whose space is then free if it was deleted. */
  @Override
  public void idle() throws IOException {
    journal.close();
  }
}
