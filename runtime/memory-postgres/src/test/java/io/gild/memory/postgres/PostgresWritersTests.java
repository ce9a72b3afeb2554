package io.gild.memory.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.memory.Memories;
import io.gild.memory.Memory;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemoryRecord;
import io.gild.memory.MemorySource;
import io.gild.memory.MemoryWrite;
import io.gild.memory.RecallQuery;
import io.gild.memory.spi.MemoryStore;
import io.gild.testkit.PostgresServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several stores on one database, as several JVMs have them. */
class PostgresWritersTests {

  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.start("deadlock_timeout=20ms");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Memories open(String schema) {
    return Memories.builder(
            new PostgresMemoryStore(Databases.settings(server, schema), RandomMemories.SPACE),
            RandomMemories.EMBEDDER)
        .build();
  }

  /** Runs a task in several threads, each of which has a store of its own. */
  private static void inParallel(String schema, int writers, Writer writer) throws Exception {
    List<Callable<@Nullable Object>> tasks = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      int number = i;
      tasks.add(() -> {
        try (Memories memories = open(schema)) {
          writer.write(memories, number);
        }
        return null;
      });
    }
    ExecutorService executor = Executors.newFixedThreadPool(writers);
    try {
      for (Future<@Nullable Object> task : executor.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private interface Writer {
    void write(Memories memories, int number);
  }

  @Test
  void storesTheSameFactsOnce() throws Exception {
    inParallel(
        "same",
        4,
        (memories, number) -> {
          for (int i = 0; i < 40; i++) {
            memories.remember(new MemoryDraft("fact number " + i));
            memories.remember(new MemoryDraft("fact of id " + i).id("id" + i));
          }
        });
    try (Memories memories = open("same")) {
      assertThat(memories.all("")).hasSize(80);
      assertThat(memories.all("")).extracting(Memory::text).doesNotHaveDuplicates();
      assertThat(memories.all("").stream().mapToLong(Memory::uses).sum()).isEqualTo(3 * 40);
    }
  }

  @Test
  void changesManyInAnyOrderAtOnce() throws Exception {
    List<String> texts = IntStream.range(0, 12).mapToObj(i -> "shared fact " + i).toList();
    inParallel(
        "order",
        4,
        (memories, number) -> {
          Random random = new Random(number);
          for (int i = 0; i < 15; i++) {
            List<String> shuffled = new ArrayList<>(texts);
            Collections.shuffle(shuffled, random);
            memories.remember(shuffled.stream().map(MemoryDraft::new).toList());
            memories.recall(new RecallQuery("shared fact").limit(12));
          }
        });
    try (Memories memories = open("order")) {
      assertThat(memories.all("")).hasSize(12);
      assertThat(memories.all("").stream().mapToLong(Memory::uses).sum())
          .isEqualTo(12 * (4 * 15 - 1) + 12 * 4 * 15);
    }
  }

  @Test
  void forgetsWhileOthersRemember() throws Exception {
    inParallel(
        "race",
        4,
        (memories, number) -> {
          for (int i = 0; i < 40; i++) {
            if (number == 0) {
              memories.forgetTenant("");
            } else {
              memories.remember(new MemoryDraft("volatile fact " + i % 5));
            }
          }
        });
    assertThat(orphans("race")).isZero();
  }

  private static long orphans(String schema) throws Exception {
    return Databases.number(
        server,
        "SELECT count(*) FROM %s.terms WHERE memory NOT IN (SELECT seq FROM %s.memories)"
            .formatted(schema, schema));
  }

  @Test
  void storesTheSameTwiceOnPurpose() {
    try (Memories memories = open("twice")) {
      Memory lyon = memories.remember(new MemoryDraft("Ann lives in Lyon."));
      Memory paris = memories.remember(new MemoryDraft("Ann lives in Paris."));
      memories.supersede(lyon.id(), new MemoryDraft("Ann lives in Paris."), "moved");
      assertThat(memories.all("")).hasSize(3);
      memories.forget("", paris.id());
      Memory again = memories.remember(new MemoryDraft("Ann lives in Paris."));
      assertThat(again.uses()).isEqualTo(1);
      assertThat(memories.all("")).hasSize(2);
    }
  }

  /** The one that is there must hand its place over to the one that comes back. */
  @Test
  void swapsMemoriesOfTheSameWords() {
    try (Memories memories = open("swap")) {
      Memory one = memories.remember(new MemoryDraft("Ann lives in Lyon."));
      MemoryStore store = memories.store();
      MemoryRecord first = store.read("", List.of(one.id())).get(0);
      MemoryRecord pruned =
          first.with(
              one.toBuilder().pruned(new Memory.Pruned(Instant.EPOCH, "run", "why")).build());
      store.change("", List.of(one.id()), List.of(), found -> MemoryWrite.of(List.of(pruned)));
      Memory two = memories.remember(new MemoryDraft("Ann lives in Lyon."));
      MemoryRecord second = store.read("", List.of(two.id())).get(0);
      MemoryRecord secondPruned =
          second.with(
              two.toBuilder().pruned(new Memory.Pruned(Instant.EPOCH, "run", "why")).build());
      store.change(
          "",
          List.of(one.id(), two.id()),
          List.of(),
          found -> MemoryWrite.of(List.of(first, secondPruned)));
      Memory again = memories.remember(new MemoryDraft("Ann lives in Lyon."));
      assertThat(again.id()).isEqualTo(one.id());
      assertThat(memories.recall(new RecallQuery("Ann")))
          .extracting(each -> each.memory().id())
          .containsExactly(one.id());
    }
  }

  @Test
  void keepsTextsThatColumnsCannotHold() {
    String strange = "nul\0 half\uD83D back\\slash \\u0000 " + "long".repeat(2_000);
    try (Memories memories = open("strange")) {
      for (String tenant : List.of(strange, strange + "2", "nul\0", "nul", "nul\\0000")) {
        Memory memory =
            memories.remember(
                new MemoryDraft(strange + tenant)
                    .tenant(tenant)
                    .id(strange)
                    .source(new MemorySource(strange, strange, strange))
                    .metadata(strange, strange));
        assertThat(memories.all(tenant)).containsExactly(memory);
        assertThat(memories.get(tenant, strange)).contains(memory);
        assertThat(
                memories.recall(
                    new RecallQuery("back slash").tenant(tenant).session(strange).peek()))
            .hasSize(1);
      }
      assertThat(memories.store().tenants())
          .containsExactlyInAnyOrder(strange, strange + "2", "nul\0", "nul", "nul\\0000");
    }
  }
}
