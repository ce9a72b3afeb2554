package io.gild.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import io.gild.memory.MemoryException;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.SessionSnapshot;
import io.gild.memory.SessionSummary;
import io.gild.vectors.VectorSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinRestoreTests {

  @TempDir private Path folder;
  private Path data;
  private TwinFile twin;
  private List<String> old;
  private List<String> others;

  @BeforeEach
  void takesATwinAndGoesOn() {
    data = folder.resolve("data");
    try (Desk desk = Desk.open(data)) {
      twin = TwinFile.write(folder.resolve("desk.twin"), desk.fill("1").snapshot());
      old = Desk.content(twin);
      desk.memory().memories().forget("", "m1");
      desk.memory().memories().forget("", "m3");
      desk.fill("2").say("", "desk", "s1", "More");
      others = Desk.content(desk.snapshot("other"));
    }
  }

  @Test
  void makesTheAgentExactlyWhatItWas() {
    try (Desk desk = Desk.restoring(data)) {
      TwinChanges changes = desk.restore().run(twin, true);

      assertThat(Desk.content(desk.snapshot())).isEqualTo(old);
      assertThat(changes).isEqualTo(new TwinChanges(2, 1, 1, 1, 1, 1, List.of()));
      assertThat(desk.restore().run(twin, true))
          .isEqualTo(new TwinChanges(0, 0, 3, 0, 0, 2, List.of()));
    }
  }

  @Test
  void leavesSharedMemoriesAndOtherAgentsAlone() {
    try (Desk desk = Desk.restoring(data)) {
      desk.restore().run(twin, false);

      assertThat(Desk.content(desk.snapshot("other"))).isEqualTo(others);
      assertThat(desk.memory().memories().get("", "m3").orElseThrow().text()).endsWith("2");
      assertThat(desk.memory().memories().get("", "m1").orElseThrow().text()).endsWith("1");
    }
  }

  @Test
  void restoresEverythingOfASession() {
    SessionKey key = new SessionKey("", "desk", "rich");
    Instant at = Desk.AT;
    SessionSnapshot before;
    TwinFile rich;
    try (Desk desk = Desk.open(data)) {
      desk.memory()
          .sessions()
          .store()
          .change(
              key,
              SessionChange.builder()
                  .append(
                      List.of(
                          SessionMessage.of("a", Role.SYSTEM, "Be kind.", at).pinned(true),
                          SessionMessage.of("b", Role.USER, "Hello", at)
                              .with(Map.of("mood", "good"))))
                  .summary(new SessionSummary("They greeted.", 3, 7, 4))
                  .value(new SessionChange.ValueChange("user", false, null, "\"ann\""))
                  .timeToLive(Duration.ofDays(30))
                  .build());
      before = desk.memory().sessions().store().read(key);
      rich = TwinFile.write(folder.resolve("rich.twin"), desk.snapshot());
      desk.memory().sessions().store().delete(key);
      desk.say("", "desk", "rich", "b", "Another");
    }
    try (Desk desk = Desk.restoring(data)) {
      desk.restore().run(rich, false);

      SessionSnapshot after = desk.memory().sessions().store().read(key);
      assertThat(after.messages()).isEqualTo(before.messages());
      assertThat(after.summary()).isEqualTo(before.summary());
      assertThat(after.values()).isEqualTo(before.values());
      assertThat(after.expires())
          .isCloseTo(before.expires(), new TemporalUnitWithinOffset(5, ChronoUnit.SECONDS));
    }
  }

  @Test
  void restoresIntoAnEmptyFolder() {
    Path elsewhere = folder.resolve("elsewhere");
    try (Desk desk = Desk.restoring(elsewhere)) {
      desk.restore().run(twin, true);

      assertThat(Desk.content(desk.snapshot())).isEqualTo(old);
    }
    assertThat(elsewhere.resolve("restores")).isEmptyDirectory();
  }

  @Test
  void readsAnEmptyFolderAndLeavesItEmpty() {
    Path nowhere = folder.resolve("nowhere");
    try (GildRuntime runtime = Desk.runtime(nowhere);
        AgentMemory memory = AgentMemory.reading(runtime)) {
      TwinSnapshot empty =
          TwinSnapshot.builder("desk", runtime.settings()).memory(memory, false).build();

      assertThat(Desk.content(empty)).isEmpty();
    }
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void onlyPlansWhenAskedTo() {
    try (Desk desk = Desk.restoring(data)) {
      List<String> before = Desk.content(desk.snapshot());

      assertThat(desk.restore().plan(twin, false).any()).isTrue();
      assertThat(Desk.content(desk.snapshot())).isEqualTo(before);
      assertThat(AgentMemory.restores(desk.runtime())).doesNotExist();
    }
  }

  @Test
  void isRefusedWhileAnApplicationUsesTheFolder() {
    try (Desk application = Desk.open(data).fill("3");
        Desk desk = Desk.restoring(data)) {
      assertThatThrownBy(() -> desk.restore().run(twin, false))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("is used by process " + ProcessHandle.current().pid());
      assertThat(AgentMemory.restores(desk.runtime())).doesNotExist();
      assertThat(application.memory().memories().get("", "m1").orElseThrow().text()).endsWith("2");
    }
  }

  @Test
  void isRefusedIfTheVectorsAreOfAnotherModel() {
    Path other = folder.resolve("other.twin");
    TwinFile.write(
        other,
        new TwinSource() {
          @Override
          public Twin twin() {
            Twin own = twin.twin();
            return new Twin(
                own.agent(),
                own.version(),
                own.taken(),
                new VectorSpace("x", 3),
                own.settings(),
                own.methods(),
                own.models(),
                own.prompts(),
                own.breakers(),
                own.figures(),
                own.absent());
          }

          @Override
          public void visit(TwinVisitor visitor) {}
        });
    try (Desk desk = Desk.restoring(data)) {
      List<String> before = Desk.content(desk.snapshot());
      assertThatThrownBy(() -> desk.restore().run(TwinFile.open(other), false))
          .isInstanceOf(TwinException.class)
          .hasMessageContaining("those of x with 3 dimensions");
      assertThat(Desk.content(desk.snapshot())).isEqualTo(before);
    }
  }

  @Test
  void keepsMemoriesThatTheTwinDoesNotKnowAbout() {
    try (Desk desk = Desk.restoring(data)) {
      List<String> before = Desk.content(desk.snapshot());
      Settings inProcess =
          Settings.builder()
              .property("gild.memory.session.store", "in-process")
              .property("gild.memory.long-term.store", "in-process")
              .build();
      try (GildRuntime elsewhere = GildRuntime.builder().settings(inProcess).build()) {
        TwinFile empty =
            TwinFile.write(
                folder.resolve("empty.twin"),
                TwinSnapshot.builder("desk", inProcess)
                    .memory(AgentMemory.of(elsewhere), false)
                    .build());

        TwinChanges changes = desk.restore().run(empty, true);

        assertThat(changes.any()).isFalse();
        assertThat(changes.notes()).hasSize(2).allMatch(note -> note.contains("is in-process"));
        assertThat(Desk.content(desk.snapshot())).isEqualTo(before);
      }
    }
  }

  @Test
  void isFinishedByTheNextRuntimeAndUntilThenNoOneReadsTheMemories() throws Exception {
    Path intent = data.resolve("restores/0.twin");
    Files.createDirectories(intent.getParent());
    Files.copy(twin.path(), intent);
    try (Desk desk = Desk.open(data)) {
      assertThatThrownBy(() -> desk.memory().memories())
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("gild twin restore --finish");
    }

    try (GildRuntime runtime =
        GildRuntime.builder().settings(Desk.settings(data)).module(new TwinModule()).build()) {
      assertThat(intent).doesNotExist();
      assertThat(AgentMemory.of(runtime).memories().get("", "m1").orElseThrow().text())
          .endsWith("1");
    }
    try (Desk desk = Desk.open(data)) {
      TwinSnapshot now = desk.snapshot();
      assertThat(Desk.content(now))
          .containsAll(old.stream().filter(item -> !item.startsWith("memory m3")).toList());
    }
  }
}
