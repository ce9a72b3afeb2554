package io.gild.vectors.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorEntry;
import io.gild.vectors.VectorMatch;
import io.gild.vectors.VectorSpace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LuceneFolderTests {

  private static final VectorSpace SPACE = new VectorSpace("folder", 16);

  @TempDir private Path temporary;

  @Test
  void keepsEntriesWhenItIsClosed() throws IOException {
    VectorEntry entry = entry("x", new Random(1));
    try (LuceneVectorIndex index = open()) {
      index.put("a", entry);
      index.put("b", entry);
      index.removeAll("b");
    }

    try (LuceneVectorIndex index = open()) {
      assertThat(index.size("a")).isEqualTo(1);
      assertThat(index.get("a", "x").orElseThrow().metadata()).isEqualTo(entry.metadata());
      assertThat(index.nearest("a", entry.vector(), 1, MetadataFilter.none()))
          .extracting(VectorMatch::id)
          .containsExactly("x");
      assertThat(index.size("b")).isZero();
    }
  }

  @Test
  void keepsCommittedEntriesWhenItsJvmIsKilledAndIsNotSharedBefore() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                IndexWritingMain.class.getName(),
                folder().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo("committed");
      assertThatThrownBy(() -> LuceneVectorIndex.open(folder(), IndexWritingMain.SPACE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(folder() + " is in use, by another JVM")
          .hasMessageContaining("Close that one, or use another folder");
    } finally {
      other.destroyForcibly().waitFor();
    }

    try (LuceneVectorIndex index = LuceneVectorIndex.open(folder(), IndexWritingMain.SPACE)) {
      assertThat(index.size("a")).isGreaterThanOrEqualTo(IndexWritingMain.COMMITTED);
      for (int i = 0; i < IndexWritingMain.COMMITTED; i++) {
        assertThat(index.get("a", "e" + i).orElseThrow().vector())
            .isEqualTo(IndexWritingMain.SPACE.unit("expected", IndexWritingMain.vector(i)));
      }
    }
  }

  @Test
  void isNotOpenedTwice() throws IOException {
    try (LuceneVectorIndex index = open()) {
      index.put("a", entry("x", new Random(1)));

      assertThatThrownBy(this::open).hasMessageContaining("or by another index of this one");
      assertThat(index.size("a")).isEqualTo(1);
    }
    open().close();
  }

  @Test
  void rejectsTheFolderOfAnotherSpace() throws IOException {
    try (LuceneVectorIndex index = open()) {
      index.put("a", entry("x", new Random(1)));
    }

    for (VectorSpace other :
        new VectorSpace[] {new VectorSpace("other", 16), new VectorSpace("folder", 8)}) {
      assertThatThrownBy(() -> LuceneVectorIndex.open(folder(), other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("belongs to the model folder with 16 dimensions")
          .hasMessageContaining(
              "the model %s with %d dimensions".formatted(other.model(), other.dimensions()))
          .hasMessageContaining("embed the entries again");
    }
    open().close(); // released
  }

  @Test
  void rejectsTheFolderOfAnotherVersionOfLucene() throws IOException {
    try (LuceneVectorIndex index = open()) {
      index.put("a", entry("x", new Random(1)));
    }
    for (Path file : new IndexFiles(folder()).all()) {
      if (file.getFileName().toString().startsWith("segments_")) {
        byte[] bytes = Files.readAllBytes(file);
        int version = 4 + 1 + "segments".length() + Integer.BYTES - 1;
        bytes[version] = 99;
        Files.write(file, bytes);
      }
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was written by another version of Lucene")
        .hasMessageContaining("embed the entries again");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesNothingOfPurgedEntriesInItsFiles(boolean searched) throws IOException {
    IndexFiles files = new IndexFiles(folder());
    Random random = new Random(2);
    VectorEntry forgotten = entry("forgotten-8f2c71", random);
    VectorEntry replaced = entry("replaced-1b7d90", random);
    try (LuceneVectorIndex index = open()) {
      index.put("a", forgotten);
      index.put("a", replaced);
      for (int i = 0; i < 300; i++) {
        index.put("a", entry("e" + i, random));
      }
      index.commit();
      assertThat(files.contain(bytes(forgotten))).isTrue();
      assertThat(files.contain(bytes(replaced))).isTrue();
      assertThat(files.contain(storedId(forgotten))).isTrue();
      assertThat(files.contain(endOfHash(forgotten))).isTrue();

      assertThat(index.remove("a", forgotten.id())).isTrue();
      index.put("a", entry(replaced.id(), random));
      if (searched) {
        assertThat(index.size("a")).isEqualTo(301);
      }
      assertThat(index.purge("a")).isTrue();

      assertThat(files.contain(bytes(forgotten))).isFalse();
      assertThat(files.contain(bytes(replaced))).isFalse();
      assertThat(files.contain(storedId(forgotten))).isFalse();
      assertThat(files.contain(endOfHash(forgotten))).isFalse();
      assertThat(index.size("a")).isEqualTo(301);
      assertThat(index.purge("a")).isTrue();
      assertThat(index.purge("unknown")).isTrue();
    }
  }

  @Test
  void mergesAllFilesAndLeavesNothingRemovedInThem() throws IOException {
    Random random = new Random(3);
    VectorEntry removed = entry("removed", random);
    try (LuceneVectorIndex index = open()) {
      index.put("a", removed);
      for (int i = 0; i < 5; i++) {
        index.put("a", entry("e" + i, random));
        index.commit();
      }
      index.remove("a", "removed");
      IndexFiles files = new IndexFiles(folder());
      assertThat(segments(files)).isGreaterThan(1);

      assertThat(index.compact("a")).isTrue();

      assertThat(segments(files)).isEqualTo(1);
      assertThat(files.contain(bytes(removed))).isFalse();
      assertThat(index.size("a")).isEqualTo(5);
    }
  }

  @Test
  void deletesTheFilesOfARemovedPartition() throws IOException {
    try (LuceneVectorIndex index = open()) {
      index.put("a", entry("x", new Random(1)));
      index.commit();
      assertThat(new IndexFiles(folder()).all()).hasSizeGreaterThan(1);

      assertThat(index.removeAll("a")).isEqualTo(1);
      assertThat(new IndexFiles(folder()).all()).hasSize(1); // the lock

      index.put("a", entry("y", new Random(1)));
      assertThat(index.size("a")).isEqualTo(1);
    }
  }

  @Test
  void finishesTheRemovalOfAPartitionThatACrashInterrupted() throws IOException {
    Path removed = folder().resolve(TextHashes.name("a") + ".removed");
    Path foreign = folder().resolve("other.removed");
    for (Path path : List.of(removed, foreign)) {
      Files.writeString(Files.createDirectories(path).resolve("_0.cfs"), "rest");
    }

    open().close();

    assertThat(removed).doesNotExist();
    assertThat(foreign).isNotEmptyDirectory();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no POSIX permissions")
  void lendsItsFilesToNoOtherUser() throws IOException {
    Files.createDirectory(
        folder(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    try (LuceneVectorIndex index = open()) {
      index.put("a", entry("x", new Random(1)));
      index.commit();

      for (Path file : new IndexFiles(folder()).all()) {
        if (!file.getParent().equals(folder())) { // the lock, which is empty
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
              .isEqualTo("rwx------");
        }
      }
    }
  }

  private Path folder() {
    return temporary.resolve("index");
  }

  private LuceneVectorIndex open() throws IOException {
    return LuceneVectorIndex.open(folder(), SPACE);
  }

  private static long segments(IndexFiles files) throws IOException {
    return files.all().stream().filter(file -> file.toString().endsWith(".si")).count();
  }

  private static VectorEntry entry(String id, Random random) {
    float[] vector = new float[SPACE.dimensions()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return new VectorEntry(id, vector, Map.of("kind", "fact", "number", random.nextInt(10)));
  }

  private static byte[] bytes(VectorEntry entry) {
    float[] unit = SPACE.unit("expected", entry.vector());
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * unit.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(unit);
    return bytes.array();
  }

  private static byte[] storedId(VectorEntry entry) {
    return entry.id().getBytes(StandardCharsets.UTF_16BE);
  }

  /** Terms of files omit what they share with the term before. */
  private static byte[] endOfHash(VectorEntry entry) {
    byte[] hash = TextHashes.of(entry.id());
    return Arrays.copyOfRange(hash, hash.length / 2, hash.length);
  }
}
