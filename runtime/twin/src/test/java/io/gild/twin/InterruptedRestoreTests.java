package io.gild.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.memory.AgentMemory;
import io.gild.memory.MemoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore into a store whose changes are made key by key, and that fails in the middle. */
class InterruptedRestoreTests {

  private static final int CHANGES = 8;

  @TempDir private Path folder;

  @BeforeEach
  @AfterEach
  void resets() {
    FlakyServer.reset();
  }

  @Test
  void isCompletedByTheNextOneWhereverItFailed() {
    int failed = 0;
    for (int changes = 0; changes < CHANGES; changes++) {
      FlakyServer.reset();
      failed += restoresAfter(changes, folder.resolve("data" + changes)) ? 1 : 0;
    }
    assertThat(failed).as("restores that were interrupted").isGreaterThan(4);
  }

  /** Returns whether the first restore failed. */
  private boolean restoresAfter(int changes, Path data) {
    TwinFile twin;
    List<String> old;
    try (Desk desk = Desk.onServer(data)) {
      twin = TwinFile.write(data.resolve("desk.twin"), desk.fill("1").snapshot());
      old = Desk.content(twin);
      desk.memory().memories().forget("", "m1");
      desk.fill("2").say("", "desk", "s1", "More");
    }
    boolean failed = false;
    try (Desk desk = Desk.onServer(data)) {
      FlakyServer.failAfter(changes);
      try {
        desk.restore().run(twin, false);
      } catch (MemoryException away) {
        assertThat(away).hasMessage("the server is away");
        failed = true;
      }
    }
    FlakyServer.failAfter(Integer.MAX_VALUE);
    if (failed) {
      try (Desk application = Desk.onServer(data);
          AgentMemory other = AgentMemory.reading(application.runtime())) {
        assertThatThrownBy(other::memories).hasMessageContaining("gild twin restore --finish");
      }
    }
    try (Desk desk = Desk.onServer(data)) {
      assertThat(desk.restore().finish()).isEqualTo(failed ? List.of("desk") : List.of());
      assertThat(own(Desk.content(desk.snapshot()))).isEqualTo(own(old));
      assertThat(TwinRestore.pending(desk.runtime())).isEmpty();
    }
    return failed;
  }

  /** Leaves out the memory that all agents share, which stays as it is. */
  private static List<String> own(List<String> content) {
    return content.stream().filter(item -> !item.startsWith("memory m3 ")).toList();
  }
}
