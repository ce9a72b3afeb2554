package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.A2aPushConfig;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aTaskState;
import io.gild.a2a.A2aTaskStatus;
import io.gild.a2a.A2aVersion;
import io.gild.a2a.spi.PushTarget;
import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import io.gild.a2a.spi.TaskPage;
import io.gild.a2a.spi.TaskQuery;
import io.gild.a2a.spi.TaskStore;
import io.gild.config.Experimental;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every store of A2A tasks does. A test of a store extends this class; each test gets an empty
 * store that has room for 1,000 tasks.
 */
@Experimental
public abstract class TaskStoreContract {

  /** The owner of most tasks. */
  protected static final TaskOwner ACME = new TaskOwner("support", "acme");

  private static final TaskOwner OTHER_TENANT = new TaskOwner("support", "other");
  private static final TaskOwner OTHER_AGENT = new TaskOwner("sales", "acme");
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @SuppressWarnings("NullAway.Init") // set before each test
  private TaskStore store;

  /** Creates the tests. */
  protected TaskStoreContract() {}

  /**
   * Creates an empty store with room for 1,000 tasks.
   *
   * @return the store; closed after the test
   * @throws Exception if that is impossible
   */
  protected abstract TaskStore create() throws Exception;

  /**
   * Creates a task.
   *
   * @param id its id
   * @param state its state
   * @param second when its status changed, in seconds after noon
   * @return the task
   */
  protected static StoredTask task(String id, A2aTaskState state, int second) {
    Instant at = NOON.plusSeconds(second);
    A2aTask task =
        new A2aTask(
            id,
            "context-" + second % 2,
            new A2aTaskStatus(state, A2aMessage.ofAgent("says " + id), at),
            List.of(A2aArtifact.of(A2aPart.text("result"), A2aPart.data(null))),
            List.of(A2aMessage.ofUser("asks\n\"" + id + "\" \ud83d\ude00")),
            Map.of("n", 1L));
    A2aPushConfig config =
        new A2aPushConfig("p", id, "https://example.com", "token", "Bearer", "secret");
    return new StoredTask(task, at, List.of(new PushTarget(config, A2aVersion.V0_3)));
  }

  @BeforeEach
  void open() throws Exception {
    store = create();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readsWhatItStored() {
    StoredTask first = task("t1", A2aTaskState.WORKING, 1);
    store.put(ACME, first);
    assertEquals(first, store.get(ACME, "t1"));

    StoredTask second = task("t1", A2aTaskState.COMPLETED, 2);
    store.put(ACME, second);

    assertEquals(second, store.get(ACME, "t1"));
    assertEquals(1, store.size());
    assertNull(store.get(ACME, "t2"));
  }

  @Test
  void keepsOwnersApart() {
    store.put(ACME, task("t1", A2aTaskState.WORKING, 1));

    assertNull(store.get(OTHER_TENANT, "t1"));
    assertNull(store.get(OTHER_AGENT, "t1"));
    assertEquals(0, store.list(OTHER_TENANT, TaskQuery.all(10)).totalSize());
    StoredTask same = task("t1", A2aTaskState.FAILED, 5);
    store.put(OTHER_TENANT, same);
    assertEquals(same, store.get(OTHER_TENANT, "t1"));
    assertEquals(A2aTaskState.WORKING, state(store.get(ACME, "t1")));
    assertEquals(2, store.size());
  }

  private static A2aTaskState state(@Nullable StoredTask stored) {
    assertNotNull(stored);
    return stored.task().state();
  }

  @Test
  void listsTheLastChangedFirst() {
    store.put(ACME, task("a", A2aTaskState.WORKING, 1));
    store.put(ACME, task("b", A2aTaskState.WORKING, 2));
    store.put(ACME, task("c", A2aTaskState.WORKING, 3));
    store.put(ACME, task("a", A2aTaskState.COMPLETED, 4));

    assertEquals(List.of("a", "c", "b"), ids(store.list(ACME, TaskQuery.all(10))));
  }

  @Test
  void listsAllTasksOnceFromPageToPage() {
    for (int i = 0; i < 25; i++) {
      store.put(ACME, task("t" + i, A2aTaskState.COMPLETED, i / 5)); // some at the same time
    }
    List<String> seen = new ArrayList<>();
    TaskQuery query = TaskQuery.all(4);
    TaskPage page = store.list(ACME, query);
    while (true) {
      assertTrue(page.tasks().size() <= 4);
      seen.addAll(ids(page));
      if (page.nextPageToken().isEmpty()) {
        break;
      }
      if (seen.size() == 4) {
        store.put(ACME, task("new", A2aTaskState.WORKING, 100)); // before the page that is next
      }
      page = store.list(ACME, query.from(page.nextPageToken()));
    }

    assertEquals(25, seen.size());
    assertEquals(25, seen.stream().distinct().count());
  }

  @Test
  void listsNoEmptyLastPage() {
    for (int i = 0; i < 4; i++) {
      store.put(ACME, task("t" + i, A2aTaskState.COMPLETED, i));
    }
    assertEquals("", store.list(ACME, TaskQuery.all(4)).nextPageToken());
    assertEquals("", store.list(OTHER_AGENT, TaskQuery.all(4)).nextPageToken());
  }

  @Test
  void filtersWhatItLists() {
    for (int i = 0; i < 10; i++) {
      A2aTaskState state = i < 6 ? A2aTaskState.COMPLETED : A2aTaskState.WORKING;
      store.put(ACME, task("t" + i, state, i));
    }
    TaskQuery working = new TaskQuery(null, A2aTaskState.WORKING, null, 3, null);
    assertEquals(List.of("t9", "t8", "t7"), ids(store.list(ACME, working)));
    assertEquals(4, store.list(ACME, working).totalSize());
    TaskQuery even = new TaskQuery("context-0", A2aTaskState.COMPLETED, null, 10, null);
    assertEquals(List.of("t4", "t2", "t0"), ids(store.list(ACME, even)));
    TaskQuery late = new TaskQuery(null, null, NOON.plusSeconds(8), 10, null);
    assertEquals(List.of("t9", "t8"), ids(store.list(ACME, late)));
  }

  @Test
  void rejectsAPageThatItNeverNamed() {
    assertThrows(
        IllegalArgumentException.class,
        () -> store.list(ACME, TaskQuery.all(1).from("never named")));
  }

  @Test
  void makesRoomByTheEndedTaskThatChangedFirst() {
    store.put(ACME, task("oldest", A2aTaskState.INPUT_REQUIRED, 0));
    store.put(OTHER_TENANT, task("ended", A2aTaskState.COMPLETED, 1));
    for (int i = 0; i < 1_000; i++) {
      store.put(ACME, task("t" + i, A2aTaskState.COMPLETED, 2 + i));
    }

    assertEquals(1_000, store.size());
    assertNotNull(store.get(ACME, "oldest"));
    assertNull(store.get(OTHER_TENANT, "ended"));
    assertNull(store.get(ACME, "t0"));
    assertNotNull(store.get(ACME, "t1"));
  }

  @Test
  void storesFromManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        String prefix = "t" + t + "-";
        done.add(
            threads.submit(() -> {
              for (int i = 0; i < 100; i++) {
                store.put(ACME, task(prefix + i, A2aTaskState.WORKING, i));
                store.put(ACME, task(prefix + i, A2aTaskState.COMPLETED, i + 1));
                store.list(ACME, TaskQuery.all(3));
              }
            }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    TaskQuery completed = new TaskQuery(null, A2aTaskState.COMPLETED, null, 1, null);
    assertEquals(400, store.list(ACME, completed).totalSize());
    assertEquals(400, store.size());
  }

  private static List<String> ids(TaskPage page) {
    return page.tasks().stream().map(each -> each.task().id()).toList();
  }
}
