package io.gild.memory.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.memory.Memories;
import io.gild.memory.Memory;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemorySource;
import io.gild.testkit.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresForgetTests {

  private static final String SECRET = "xq4711zz";

  /** Of one test alone, because all have the same files. */
  private static final String BYTES = "xq4712yy";

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

  private static Memories open(String schema) {
    return Memories.builder(
            new PostgresMemoryStore(Databases.settings(server, schema), RandomMemories.SPACE),
            RandomMemories.EMBEDDER)
        .build();
  }

  private static MemoryDraft secret(String word) {
    return new MemoryDraft("The code is " + word + ".")
        .id("id " + word)
        .source(new MemorySource("session " + word, "", ""))
        .metadata("key", word);
  }

  @Test
  void leavesNoRow() throws SQLException {
    try (Memories memories = open("row")) {
      Memory secret = memories.remember(secret(SECRET));
      memories.remember(new MemoryDraft("The parcel is in Lyon."));
      assertThat(rows("row")).isEqualTo(2);
      memories.forget("", secret.id());
      assertThat(rows("row")).isZero();
      assertThat(Databases.number(server, "SELECT count(*) FROM row.memories")).isEqualTo(1);
      memories.forgetTenant("");
      assertThat(Databases.number(server, "SELECT count(*) FROM row.memories")).isZero();
      assertThat(Databases.number(server, "SELECT count(*) FROM row.terms")).isZero();
    }
  }

  /** Returns how many rows have the secret in any column. */
  private static long rows(String schema) throws SQLException {
    return Databases.number(
        server,
        "SELECT (SELECT count(*) FROM %1$s.memories m WHERE m::text LIKE '%%%2$s%%') + (SELECT count(*) FROM %1$s.terms t WHERE t::text LIKE '%%%2$s%%')"
            .formatted(schema, SECRET));
  }

  @Test
  void leavesNothingInTheStatistics() throws SQLException {
    try (Memories memories = open("statistics")) {
      memories.remember(secret(SECRET));
      for (int i = 0; i < 50; i++) {
        memories.remember(new MemoryDraft("fact " + i + " " + SECRET + i));
      }
      Databases.execute(server, "ANALYZE statistics.memories, statistics.terms");
      assertThat(
              Databases.number(
                  server,
                  "SELECT count(*) FROM pg_stats WHERE schemaname = 'statistics' AND attname = 'uses'"))
          .isEqualTo(1);
      assertThat(
              Databases.number(
                  server, "SELECT count(*) FROM pg_stats s WHERE s::text LIKE '%" + SECRET + "%'"))
          .isZero();
    }
  }

  /** What the documentation says about bytes. */
  @Test
  void leavesNoByteInTheTablesAfterTheyWereWrittenAnew() throws SQLException, IOException {
    try (Memories memories = open("bytes")) {
      Memory secret = memories.remember(secret(BYTES));
      memories.remember(new MemoryDraft("The parcel is in Lyon."));
      Databases.execute(server, "CHECKPOINT");
      assertThat(filesWithBytes("base")).isNotEmpty();
      memories.forget("", secret.id());
      Databases.execute(server, "VACUUM FULL bytes.memories, bytes.terms");
      Databases.execute(server, "CHECKPOINT");
      assertThat(filesWithBytes("base")).isEmpty();
      assertThat(filesWithBytes("pg_wal")).isNotEmpty();
    }
  }

  private static List<Path> filesWithBytes(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(server.data().resolve(folder))) {
      return files.filter(Files::isRegularFile).filter(PostgresForgetTests::hasBytes).toList();
    }
  }

  private static boolean hasBytes(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(BYTES);
    } catch (IOException gone) {
      return false; // the server removes files at any time
    }
  }
}
