package io.gild.recipes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.openrewrite.jgit.diff.DiffFormatter;
import org.openrewrite.jgit.diff.HistogramDiff;
import org.openrewrite.jgit.diff.RawText;
import org.openrewrite.jgit.diff.RawTextComparator;

/**
 * A file before and after a migration.
 *
 * @param file the file
 * @param name its path in the migrated folder, with slashes
 * @param before its bytes; empty if the file is new
 * @param after its new bytes
 */
record FileChange(Path file, String name, byte[] before, byte[] after) {

  boolean isNew() {
    return before.length == 0;
  }

  /** Returns the change as {@code git apply} reads it, in the encoding of the file. */
  byte[] patch() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String end = name.indexOf(' ') < 0 ? "\n" : "\t\n";
    String header =
        "diff --git a/"
            + name
            + " b/"
            + name
            + "\n"
            + (isNew() ? "new file mode 100644\n--- /dev/null\n" : "--- a/" + name + end)
            + "+++ b/"
            + name
            + end;
    out.writeBytes(header.getBytes(StandardCharsets.UTF_8));
    RawText a = new RawText(before);
    RawText b = new RawText(after);
    try (DiffFormatter formatter = new DiffFormatter(out)) {
      formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, a, b), a, b);
      formatter.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
