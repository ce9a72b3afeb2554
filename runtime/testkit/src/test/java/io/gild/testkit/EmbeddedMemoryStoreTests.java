package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.memory.EmbeddedMemoryStore;
import io.gild.memory.Memories;
import io.gild.memory.Memory;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemoryException;
import io.gild.memory.RecallQuery;
import io.gild.memory.spi.MemoryStore;
import io.gild.vectors.Bm25;
import io.gild.vectors.Bm25Index;
import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.VectorSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMemoryStoreTests {

  @Nested
  class InThisJvm extends MemoryStoreContract {
    @Override
    protected MemoryStore create() {
      return new EmbeddedMemoryStore(new Bm25Index(Bm25.MESSAGES), new FlatVectorIndex(SPACE));
    }
  }

  @Nested
  class InAFolder extends MemoryStoreContract {

    @TempDir Path folder;

    @Override
    protected MemoryStore create() {
      return open(folder, SPACE, 1_000_000);
    }

    @Test
    void readsWhatAnEarlierStoreWrote() {
      List<Memory> before;
      try (Memories first = memories(SPACE, 1_000_000)) {
        Memory old = first.remember(new MemoryDraft("Ann lives in Lyon.").importance(0.9));
        first.supersede(old.id(), new MemoryDraft("Ann lives in Paris."), "moved");
        first.recall(new RecallQuery("Ann"));
        before = first.all("");
      }
      try (Memories second = memories(SPACE, 1_000_000)) {
        assertThat(second.all("")).isEqualTo(before);
        assertThat(second.recall(new RecallQuery("Ann"))).hasSize(1);
      }
    }

    @Test
    void leavesNoByteOfWhatIsForgotten() {
      try (Memories memories = memories(SPACE, 1_000_000)) {
        Memory secret = memories.remember(new MemoryDraft("The code is 4711."));
        memories.remember(new MemoryDraft("The parcel is in Lyon."));
        memories.recall(new RecallQuery("code"));
        assertThat(files().anyContains("4711")).isTrue();
        memories.forget("", secret.id());
        assertThat(files().anyContains("4711")).isFalse();
        assertThat(files().anyContains(secret.id())).isFalse();
        memories.forgetTenant("");
        assertThat(files().all()).noneMatch(file -> file.toString().endsWith(".jsonl"));
      }
    }

    @Test
    void refusesVectorsOfAnotherModel() {
      try (Memories first = memories(SPACE, 1_000_000)) {
        first.remember(new MemoryDraft("one"));
      }
      VectorSpace other = new VectorSpace("minilm", SPACE.dimensions());
      try (MemoryStore second = open(other(), other, 1_000_000)) {
        assertThatThrownBy(() -> second.all(""))
            .isInstanceOf(MemoryException.class)
            .hasMessageContaining("line 1")
            .hasMessageContaining("hashed n-grams with 512 dimensions, but minilm")
            .hasMessageContaining("gild memory reembed");
      }
    }

    @Test
    void refusesAFileOfAnotherVersion() throws IOException {
      try (Memories first = memories(SPACE, 1_000_000)) {
        first.remember(new MemoryDraft("one"));
      }
      Path file = files().journal();
      Files.writeString(
          file, Files.readString(file).replace("\"gild-memories\":1", "\"gild-memories\":7"));
      try (Memories second = memories(SPACE, 1_000_000)) {
        assertThatThrownBy(() -> second.remember(new MemoryDraft("two")))
            .isInstanceOf(MemoryException.class)
            .hasMessageContaining("version 7");
      }
    }

    @Test
    void ignoresAnUnfinishedLastLine() throws IOException {
      try (Memories first = memories(SPACE, 1_000_000)) {
        first.remember(new MemoryDraft("one"));
      }
      Files.writeString(files().journal(), "{\"put\":[{\"id\":\"torn", StandardOpenOption.APPEND);
      try (Memories second = memories(SPACE, 1_000_000)) {
        second.remember(new MemoryDraft("two"));
      }
      try (Memories third = memories(SPACE, 1_000_000)) {
        assertThat(third.all("")).extracting(Memory::text).containsExactly("one", "two");
      }
    }

    @Test
    void unloadsTenantsThatAreNotUsed() {
      try (Memories memories = memories(SPACE, 10)) {
        for (int i = 0; i < 200; i++) {
          memories.remember(new MemoryDraft("fact " + i).tenant("t" + i % 40));
          memories.recall(new RecallQuery("fact").tenant("t" + (i + 7) % 40));
        }
        for (int i = 0; i < 40; i++) {
          assertThat(memories.all("t" + i)).hasSize(5);
        }
      }
    }

    @Test
    void keepsFilesSmallAndPrivate() throws IOException {
      try (Memories memories = memories(SPACE, 1_000_000)) {
        for (int i = 0; i < 3_000; i++) {
          memories.remember(new MemoryDraft("the same fact"));
        }
        assertThat(memories.all("").get(0).uses()).isEqualTo(2_999);
        assertThat(Files.size(files().journal())).isLessThan(1_200 * 3_300L);
        assertThat(Files.getPosixFilePermissions(files().journal()))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }

    private Memories memories(VectorSpace space, int maxLoaded) {
      return Memories.builder(open(other(), space, maxLoaded), EMBEDDER).build();
    }

    private Path other() {
      return folder.resolve("other");
    }

    private static MemoryStore open(Path folder, VectorSpace space, int maxLoaded) {
      return new EmbeddedMemoryStore(
          folder, new Bm25Index(Bm25.MESSAGES), new FlatVectorIndex(space), maxLoaded);
    }

    private StoredFiles files() {
      return new StoredFiles(other());
    }
  }
}
