package io.gild.recipes;

import io.gild.config.Experimental;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a migration changes in a module, which can be written and taken back. */
@Experimental
public final class ModuleChange {

  private final Path folder;
  private final ModuleReport report;
  private final List<FileChange> changes;

  ModuleChange(Path folder, ModuleReport report, List<FileChange> changes) {
    this.folder = folder;
    this.report = report;
    this.changes = List.copyOf(changes);
  }

  /** Returns the folder of the module. */
  public Path folder() {
    return folder;
  }

  /** Returns what was found. */
  public ModuleReport report() {
    return report;
  }

  /** Returns whether no file changes. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Returns the change as {@code git apply} reads it, run in the migrated folder. */
  public byte[] patch() {
    ByteArrayOutputStream patch = new ByteArrayOutputStream();
    changes.forEach(each -> patch.writeBytes(each.patch()));
    return patch.toByteArray();
  }

  /** Returns the files of the change that cannot be written. */
  public List<String> readOnly() {
    List<String> names = new ArrayList<>();
    for (FileChange each : changes) {
      if (!Files.isWritable(each.file())) {
        names.add(each.name());
      }
    }
    return names;
  }

  /**
   * Writes the files, all or none.
   *
   * @throws IOException if a file cannot be written; those before it are taken back
   */
  public void write() throws IOException {
    List<FileChange> written = new ArrayList<>();
    try {
      for (FileChange each : changes) {
        written.add(each);
        Files.write(each.file(), each.after());
      }
    } catch (IOException failure) {
      takeBack(written);
      throw failure;
    }
  }

  /**
   * Restores the files as they were.
   *
   * @throws IOException if a file cannot be written
   */
  public void takeBack() throws IOException {
    takeBack(changes);
  }

  private static void takeBack(List<FileChange> written) throws IOException {
    for (FileChange each : written) {
      if (Files.isWritable(each.file())) {
        Files.write(each.file(), each.before());
      }
    }
  }
}
