package io.gild.vectors.lucene;

import io.gild.vectors.VectorSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** The space of a partition's vectors and the form of its documents, in each of its commits. */
final class SpaceMark {

  private static final String FORMAT = "gild.format";
  private static final String MODEL = "gild.model";
  private static final String DIMENSIONS = "gild.dimensions";
  private static final String CURRENT_FORMAT = "1";

  private SpaceMark() {}

  static Map<String, String> of(VectorSpace space) {
    return Map.of(
        FORMAT,
        CURRENT_FORMAT,
        MODEL,
        space.model(),
        DIMENSIONS,
        Integer.toString(space.dimensions()));
  }

  /** Checks the last commit in the folder of a partition; one without a commit is empty. */
  static void check(Path partition, VectorSpace space) throws IOException {
    try (Directory directory = FSDirectory.open(partition)) {
      if (DirectoryReader.indexExists(directory)) {
        Map<String, String> found = SegmentInfos.readLatestCommit(directory).getUserData();
        if (!found.equals(of(space))) {
          throw other(partition, "belongs to " + description(found), space);
        }
      }
    } catch (IndexFormatTooOldException | IndexFormatTooNewException foreign) {
      IllegalArgumentException other =
          other(partition, "was written by another version of Lucene", space);
      other.initCause(foreign);
      throw other;
    }
  }

  private static String description(Map<String, String> found) {
    if (!CURRENT_FORMAT.equals(found.get(FORMAT))) {
      return "another version of Gild or another program";
    }
    return "the model %s with %s dimensions".formatted(found.get(MODEL), found.get(DIMENSIONS));
  }

  private static IllegalArgumentException other(Path partition, String found, VectorSpace space) {
    return new IllegalArgumentException(
        "the vector index %s %s, but is opened for the model %s with %d dimensions. Delete its folder, or use another one, and embed the entries again."
            .formatted(partition.toAbsolutePath(), found, space.model(), space.dimensions()));
  }
}
