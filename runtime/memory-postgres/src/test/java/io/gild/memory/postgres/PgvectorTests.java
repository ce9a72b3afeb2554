package io.gild.memory.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.core.spi.Embedder;
import io.gild.memory.Memories;
import io.gild.memory.MemoryDraft;
import io.gild.memory.RecallQuery;
import io.gild.testkit.PgliteServer;
import io.gild.vectors.VectorSpace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgvectorTests {

  private static final VectorSpace SMALL = new VectorSpace("small", 3);

  private static final Embedder SMALL_EMBEDDER =
      new Embedder() {
        @Override
        public float[] embed(String text) {
          return text.contains("boat")
              ? new float[] {1, 0.1f, 0}
              : new float[] {0, text.length(), 1};
        }

        @Override
        public String name() {
          return SMALL.model();
        }
      };

  @TempDir static Path folder;
  private static PgliteServer server;

  @BeforeAll
  static void start() {
    server = PgliteServer.start(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static PostgresMemoryStore store(
      String schema, VectorSpace space, List<VectorSearch> found) {
    return new PostgresMemoryStore(
        Databases.settings(server, schema),
        space,
        vectors -> {
          found.add(vectors);
          return vectors instanceof Pgvector pgvector ? pgvector.exactBelow(1) : vectors;
        });
  }

  private static Memories small(String schema, List<VectorSearch> found) {
    return Memories.builder(store(schema, SMALL, found), SMALL_EMBEDDER).build();
  }

  private static List<String> query(String... statements) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(server.url());
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        if (statement.execute(each)) {
          ResultSet rows = statement.getResultSet();
          while (rows.next()) {
            lines.add(rows.getString(1));
          }
        }
      }
    }
    return lines;
  }

  @Test
  void hasAnIndexForItsQueries() throws SQLException {
    try (Memories memories = small("indexed", new ArrayList<>())) {
      for (int i = 0; i < 30; i++) {
        memories.remember(new MemoryDraft("text number " + i + " ".repeat(i) + "."));
      }
      memories.remember(new MemoryDraft("a boat"));
      assertThat(memories.recall(new RecallQuery("boats")).get(0).memory().text())
          .isEqualTo("a boat");
    }
    assertThat(
            query(
                "SET enable_seqscan = off",
                "SET enable_sort = off",
                "EXPLAIN SELECT m.seq FROM indexed.memories m WHERE m.tenant = '' AND NOT m.pruned AND m.components IS NOT NULL ORDER BY m.components::vector(3) <=> '[1,0,0]'::vector(3) LIMIT 5"))
        .anyMatch(line -> line.contains("Index Scan using memories_vector"));
  }

  @Test
  void isFoundWhenItIsInstalledLater() throws SQLException {
    List<VectorSearch> found = new ArrayList<>();
    query("DROP EXTENSION vector CASCADE");
    try (Memories memories = small("later", found)) {
      memories.remember(new MemoryDraft("a boat"));
      memories.remember(new MemoryDraft("a house"));
    } finally {
      query("CREATE SCHEMA IF NOT EXISTS \"other place\"");
      query("CREATE EXTENSION vector SCHEMA \"other place\"");
    }
    try (Memories memories = small("later", found)) {
      assertThat(memories.recall(new RecallQuery("boats")).get(0).memory().text())
          .isEqualTo("a boat");
    } finally {
      query("DROP EXTENSION vector CASCADE", "CREATE EXTENSION vector");
    }
    assertThat(found)
        .extracting(each -> (Object) each.getClass())
        .containsExactly(ExactVectors.class, Pgvector.class);
  }

  @Test
  void isIndexedAgainForAnotherModel() {
    List<VectorSearch> found = new ArrayList<>();
    try (Memories memories =
        Memories.builder(store("again", RandomMemories.SPACE, found), RandomMemories.EMBEDDER)
            .build()) {
      memories.remember(new MemoryDraft("a boat"));
      memories.remember(new MemoryDraft("a house"));
    }
    try (PostgresMemoryStore store = store("again", SMALL, found);
        Memories memories = Memories.builder(store, SMALL_EMBEDDER).build()) {
      assertThatThrownBy(() -> memories.all("")).hasMessageContaining("gild memory reembed");
      int embedded =
          store.reembed(memory -> SMALL.unit(memory.id(), SMALL_EMBEDDER.embed(memory.text())));
      assertThat(embedded).isEqualTo(2);
      assertThat(memories.recall(new RecallQuery("boats")).get(0).memory().text())
          .isEqualTo("a boat");
    }
  }
}
