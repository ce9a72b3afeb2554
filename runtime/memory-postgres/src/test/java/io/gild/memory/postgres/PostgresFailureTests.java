package io.gild.memory.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.memory.Memories;
import io.gild.memory.Memory;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemoryException;
import io.gild.memory.MemoryWrite;
import io.gild.memory.RecallQuery;
import io.gild.postgres.PostgresDatabase;
import io.gild.testkit.PostgresServer;
import io.gild.vectors.VectorSpace;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresFailureTests {

  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Memories open(PostgresDatabase settings) {
    return open(settings, RandomMemories.SPACE);
  }

  private static Memories open(PostgresDatabase settings, VectorSpace space) {
    return Memories.builder(new PostgresMemoryStore(settings, space), RandomMemories.EMBEDDER)
        .build();
  }

  @Test
  void explainsAWrongPasswordWithoutPrintingIt() {
    PostgresDatabase settings =
        Databases.settings(server, "password", "wr0ng", Duration.ofSeconds(5), 1);
    try (Memories memories = open(settings)) {
      assertThatThrownBy(() -> memories.all(""))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("127.0.0.1:" + server.port() + "/postgres")
          .hasMessageContaining("correct memory.postgres.user and memory.postgres.password")
          .hasMessageNotContaining("wr0ng");
    }
  }

  @Test
  void explainsAMissingDatabase() {
    PostgresDatabase settings =
        new PostgresDatabase(
            server.url().replace("/postgres", "/none"),
            server.user(),
            server.password(),
            "gild",
            Duration.ofSeconds(5),
            1);
    try (Memories memories = open(settings)) {
      assertThatThrownBy(() -> memories.all(""))
          .hasMessageContaining("database \"none\" does not exist. Create the database");
    }
  }

  @Test
  void explainsMissingPermissions() throws SQLException {
    Databases.execute(server, "CREATE USER guest PASSWORD 'guest'");
    PostgresDatabase settings =
        new PostgresDatabase(server.url(), "guest", "guest", "guests", Duration.ofSeconds(5), 1);
    try (Memories memories = open(settings)) {
      assertThatThrownBy(() -> memories.all("")).hasMessageContaining("The user lacks permissions");
      Databases.execute(server, "CREATE SCHEMA guests AUTHORIZATION guest");
      assertThat(memories.all("")).isEmpty();
    }
  }

  @Test
  void worksAgainAfterTheServerWasDown() {
    try (PostgresServer own = PostgresServer.start();
        Memories memories = open(Databases.settings(own, "gild"))) {
      Memory first = memories.remember(new MemoryDraft("one"));
      own.kill();
      assertThatThrownBy(() -> memories.remember(new MemoryDraft("two")))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("Start PostgreSQL, or correct memory.postgres.url");
      own.restart();
      memories.remember(new MemoryDraft("two"));
      assertThat(memories.all("")).hasSize(2).contains(first);
    }
  }

  @Test
  void replacesConnectionsThatTheServerClosed() throws SQLException {
    try (Memories memories = open(Databases.settings(server, "closed"))) {
      memories.remember(new MemoryDraft("one"));
      Databases.execute(
          server,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gild'");
      memories.remember(new MemoryDraft("two"));
      assertThat(memories.all("")).hasSize(2);
    }
  }

  @Test
  void keepsWhatWasAcknowledgedWhenTheServerIsKilled() throws Exception {
    try (PostgresServer own = PostgresServer.start();
        Memories memories = open(Databases.settings(own, "gild"))) {
      memories.remember(new MemoryDraft("first"));
      for (int round = 0; round < 3; round++) {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        int enough = 60;
        CountDownLatch started = new CountDownLatch(enough);
        List<Future<?>> writers = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
          String name = "round " + round + ", writer " + i + ", fact ";
          writers.add(
              executor.submit(() -> rememberUntilDown(memories, name, acknowledged, started)));
        }
        started.await();
        own.kill();
        for (Future<?> writer : writers) {
          writer.get();
        }
        executor.shutdown();
        own.restart();
        assertThat(memories.all("").stream().map(Memory::id).toList()).containsAll(acknowledged);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(enough);
        assertThat(memories.recall(new RecallQuery("round " + round + " writer"))).isNotEmpty();
      }
    }
  }

  private static void rememberUntilDown(
      Memories memories, String name, Set<String> acknowledged, CountDownLatch started) {
    for (int i = 0; ; i++) {
      try {
        acknowledged.add(memories.remember(new MemoryDraft(name + i)).id());
        started.countDown();
      } catch (MemoryException down) {
        return;
      }
    }
  }

  @Test
  void givesUpAStatementThatTakesTooLong() throws SQLException {
    PostgresDatabase settings =
        Databases.settings(server, "slow", server.password(), Duration.ofMillis(300), 2);
    try (Memories memories = open(settings)) {
      Memory memory = memories.remember(new MemoryDraft("one"));
      try (Connection other = Databases.connect(server);
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("SELECT * FROM slow.memories FOR UPDATE");
        assertThatThrownBy(() -> memories.remember(new MemoryDraft("one")))
            .isInstanceOf(MemoryException.class)
            .hasMessageContaining("took longer than memory.postgres.timeout");
        assertThat(memories.all("")).containsExactly(memory);
        other.rollback();
      }
      assertThat(memories.remember(new MemoryDraft("one")).uses()).isEqualTo(1);
    }
  }

  @Test
  void waitsForAConnectionNoLongerThanTheTimeout() throws Exception {
    PostgresDatabase settings =
        Databases.settings(server, "one", server.password(), Duration.ofMillis(300), 1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (PostgresMemoryStore store = new PostgresMemoryStore(settings, RandomMemories.SPACE)) {
      store.all("");
      CountDownLatch holding = new CountDownLatch(1);
      CountDownLatch finish = new CountDownLatch(1);
      Callable<@Nullable Object> holder =
          () ->
              store.change(
                  "",
                  List.of(),
                  List.of(),
                  found -> {
                    holding.countDown();
                    await(finish);
                    return MemoryWrite.none();
                  });
      executor.submit(holder);
      holding.await();
      assertThatThrownBy(() -> store.all("")).hasMessageContaining("all 1 connections are in use");
      finish.countDown();
    } finally {
      executor.shutdown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void refusesVectorsOfAnotherModelUntilTheyAreEmbeddedAgain() {
    PostgresDatabase settings = Databases.settings(server, "model");
    VectorSpace other = new VectorSpace("minilm", 3);
    try (Memories first = open(settings);
        PostgresMemoryStore second = new PostgresMemoryStore(settings, other)) {
      first.remember(new MemoryDraft("one"));
      first.remember(new MemoryDraft("!!"));
      assertThatThrownBy(() -> second.all(""))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("hashed n-grams with 512 dimensions, but minilm with 3 dimensions")
          .hasMessageContaining("gild memory reembed");

      int embedded =
          second.reembed(
              memory -> memory.text().equals("!!") ? new float[0] : new float[] {0, 1, 0});

      assertThat(embedded).isEqualTo(2);
      assertThat(second.all("")).extracting(record -> record.vector().length).containsExactly(3, 0);
      assertThatThrownBy(() -> first.remember(new MemoryDraft("two")))
          .hasMessageContaining("minilm with 3 dimensions, but hashed n-grams");
      assertThatThrownBy(() -> first.recall(new RecallQuery("one")))
          .hasMessageContaining("gild memory reembed");
    }
  }

  @Test
  void changesNoVectorIfEmbeddingAgainFails() {
    PostgresDatabase settings = Databases.settings(server, "failing");
    try (Memories first = open(settings);
        PostgresMemoryStore second =
            new PostgresMemoryStore(settings, new VectorSpace("minilm", 3))) {
      first.remember(new MemoryDraft("one"));
      assertThatThrownBy(() -> second.reembed(memory -> new float[] {1, 2}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has 2 dimensions; those of minilm have 3");
      assertThat(first.recall(new RecallQuery("one"))).hasSize(1);
    }
  }

  @Test
  void refusesTablesOfAnotherVersion() throws SQLException {
    PostgresDatabase settings = Databases.settings(server, "version");
    try (Memories first = open(settings);
        Memories second = open(settings)) {
      first.remember(new MemoryDraft("one"));
      Databases.execute(server, "UPDATE version.store SET version = 7");
      assertThatThrownBy(() -> second.all(""))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("memories of version 7; this version of Gild reads version 1");
      assertThatThrownBy(() -> first.remember(new MemoryDraft("two")))
          .hasMessageContaining("version 7");
    }
  }

  @Test
  void makesTablesAnewThatWereDropped() throws SQLException {
    try (Memories memories = open(Databases.settings(server, "dropped"))) {
      memories.remember(new MemoryDraft("one"));
      Databases.execute(server, "DROP SCHEMA dropped CASCADE");
      assertThatThrownBy(() -> memories.all("")).hasMessageContaining("Its tables were dropped");
      assertThat(memories.all("")).isEmpty();
    }
  }

  @Test
  void refusesToWorkAfterItWasClosed() {
    Memories memories = open(Databases.settings(server, "shut"));
    memories.remember(new MemoryDraft("one"));
    memories.close();
    assertThatThrownBy(() -> memories.all("")).hasMessageContaining("closed");
  }
}
