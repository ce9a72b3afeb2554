package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aTaskState;
import io.gild.a2a.AgentCard;
import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aHandler;
import io.gild.a2a.server.A2aServer;
import io.gild.a2a.server.FolderTaskStore;
import io.gild.a2a.server.InMemoryTaskStore;
import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import io.gild.a2a.spi.TaskQuery;
import io.gild.a2a.spi.TaskStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class A2aTaskStoreTests {

  private static final TaskOwner OWNER = new TaskOwner("support", "acme");

  @Nested
  class InThisJvm extends TaskStoreContract {
    @Override
    protected TaskStore create() {
      return new InMemoryTaskStore(1_000);
    }
  }

  @Nested
  class InAFolder extends TaskStoreContract {

    @TempDir Path folder;

    @Override
    protected TaskStore create() {
      return new FolderTaskStore(folder, 1_000);
    }
  }

  private static StoredTask task(String id, A2aTaskState state, int second) {
    return TaskStoreContract.task(id, state, second);
  }

  @Test
  void rejectsATaskIfNoneHasEnded() {
    try (InMemoryTaskStore store = new InMemoryTaskStore(1)) {
      store.put(OWNER, task("t1", A2aTaskState.INPUT_REQUIRED, 1));

      assertThatThrownBy(() -> store.put(OWNER, task("t2", A2aTaskState.COMPLETED, 2)))
          .isInstanceOf(A2aException.class)
          .hasMessageContaining("a2a.max-tasks")
          .extracting(failure -> ((A2aException) failure).error())
          .isEqualTo(A2aErrorCode.UNAVAILABLE);
    }
  }

  @Test
  void readsWhatAnEarlierStoreWrote(@TempDir Path folder) throws IOException {
    StoredTask asking = task("t2", A2aTaskState.INPUT_REQUIRED, 3);
    try (FolderTaskStore first = new FolderTaskStore(folder, 2)) {
      first.put(OWNER, task("t1", A2aTaskState.COMPLETED, 1));
      first.put(OWNER, task("t2", A2aTaskState.WORKING, 2));
      first.put(OWNER, asking);
      first.put(OWNER, task("t3", A2aTaskState.FAILED, 4));
    }
    Path file = folder.resolve("tasks.jsonl");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.writeString(file, "{\"agent\":\"support\",\"torn", StandardOpenOption.APPEND);

    try (FolderTaskStore second = new FolderTaskStore(folder, 2)) {
      assertThat(second.get(OWNER, "t1")).isNull();
      assertThat(second.get(OWNER, "t2")).isEqualTo(asking);
      assertThat(second.size()).isEqualTo(2);
      assertThat(second.unfinished("support")).isEmpty();
      second.put(OWNER, task("t2", A2aTaskState.COMPLETED, 5));
    }
    try (FolderTaskStore third = new FolderTaskStore(folder, 2)) {
      assertThat(third.list(OWNER, TaskQuery.all(10)).tasks())
          .extracting(each -> each.task().id())
          .containsExactly("t2", "t3");
    }
  }

  @Test
  void rewritesItsFileBeforeItGrowsWithoutEnd(@TempDir Path folder) throws IOException {
    try (FolderTaskStore store = new FolderTaskStore(folder, 10)) {
      for (int i = 0; i < 3_000; i++) {
        store.put(OWNER, task("t" + i % 20, A2aTaskState.COMPLETED, i));
      }
      assertThat(Files.readAllLines(folder.resolve("tasks.jsonl")).size()).isBetween(10, 1_100);
      assertThat(store.size()).isEqualTo(10);
    }
  }

  @Test
  void letsOneStoreUseAFolderAtATime(@TempDir Path folder) {
    try (FolderTaskStore first = new FolderTaskStore(folder, 10)) {
      assertThat(first.size()).isZero();
      assertThatThrownBy(() -> new FolderTaskStore(folder, 10))
          .isInstanceOf(A2aException.class)
          .hasMessageContaining("a2a.folder");
    }
    new FolderTaskStore(folder, 10).close();
  }

  /** Serves an agent that never ends, until it is killed. */
  static final class Endless {

    public static void main(String[] args) throws Exception {
      try (FolderTaskStore store = new FolderTaskStore(Path.of(args[0]), 100)) {
        store.put(OWNER, task("asking", A2aTaskState.INPUT_REQUIRED, 1));
        store.put(OWNER, task("ended", A2aTaskState.COMPLETED, 2));
        store.put(OWNER, task("working", A2aTaskState.WORKING, 3));
        System.out.println("stored");
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  @Test
  void failsTasksWhoseProcessWasKilled(@TempDir Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Endless.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("stored");
      process.destroyForcibly().waitFor();
    } finally {
      process.destroyForcibly();
    }
    FolderTaskStore store = new FolderTaskStore(folder, 100);
    assertThat(store.unfinished("support")).hasSize(1);
    A2aAgent agent =
        A2aAgent.of(
            "support",
            AgentCard.builder("Support", "helps").build(),
            A2aHandler.answering(message -> "fine"));
    try (A2aServer server = A2aServer.builder().agent(agent).store(store).start()) {
      assertThat(server.port()).isPositive();
      A2aTask failed = stored(store, "working");
      assertThat(failed.state()).isEqualTo(A2aTaskState.FAILED);
      assertThat(String.valueOf(failed.status().message())).contains("process ended");
      assertThat(stored(store, "asking").state()).isEqualTo(A2aTaskState.INPUT_REQUIRED);
      assertThat(stored(store, "ended").state()).isEqualTo(A2aTaskState.COMPLETED);
    }
    try (FolderTaskStore again = new FolderTaskStore(folder, 100)) {
      assertThat(again.unfinished("support")).isEqualTo(List.of());
    }
  }

  private static A2aTask stored(TaskStore store, String id) {
    StoredTask found = store.get(OWNER, id);
    assertThat(found).isNotNull();
    return found.task();
  }
}
