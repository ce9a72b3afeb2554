package io.gild.ledger.postgres;

import static io.gild.ledger.postgres.LedgerDatabases.entries;
import static io.gild.ledger.postgres.LedgerDatabases.execute;
import static io.gild.ledger.postgres.LedgerDatabases.settings;
import static io.gild.ledger.postgres.LedgerDatabases.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.ledger.FolderLedger;
import io.gild.ledger.LedgerQuery;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.spi.LedgerSink;
import io.gild.postgres.PostgresDatabase;
import io.gild.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShipmentsTests {

  private static PostgresServer server;

  @TempDir Path folder;

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

  private FolderLedger buffer() {
    return new FolderLedger(folder, 10_000);
  }

  private Shipments shipments(String schema) {
    return new Shipments(folder, new PostgresLedger(settings(server, schema)));
  }

  private static long send(Shipments shipments) throws IOException {
    List<String> problems = new ArrayList<>();
    long sent = shipments.send(problems::add).sent();
    assertThat(problems).isEmpty();
    return sent;
  }

  @Test
  void sendsOnlyWhatIsNew() throws IOException {
    Shipments shipments = shipments("news");
    assertThat(send(shipments)).isZero();
    buffer().append(entries("a", 1, 500));
    assertThat(shipments.unsentBytes()).isPositive();
    assertThat(send(shipments)).isEqualTo(500);
    assertThat(shipments.unsentBytes()).isZero();
    buffer().append(entries("a", 501, 510));
    buffer().append(entries("b", 1, 5));
    assertThat(send(shipments)).isEqualTo(15);
    assertThat(send(shipments)).isZero();
    assertThat(total(shipments.ledger()).requests()).isEqualTo(515);
  }

  @Test
  void sendsEverythingAgainWithoutPositions() throws IOException {
    Shipments shipments = shipments("again");
    buffer().append(entries("a", 1, 500));
    send(shipments);
    Files.writeString(folder.resolve("postgres.json"), "{\"database\":");
    assertThat(send(shipments)).isEqualTo(500);
    assertThat(total(shipments.ledger()).requests()).isEqualTo(500);
  }

  @Test
  void sendsEverythingToAnotherDatabase() throws IOException {
    buffer().append(entries("a", 1, 5));
    send(shipments("one"));
    Shipments other = shipments("other");
    assertThat(send(other)).isEqualTo(5);
    assertThat(total(other.ledger()).requests()).isEqualTo(5);
  }

  @Test
  void beginsAFileAgainThatBecameShorter() throws IOException {
    Shipments shipments = shipments("shorter");
    buffer().append(entries("a", 1, 5));
    send(shipments);
    Files.delete(folder.resolve("2026-01-31.a.jsonl"));
    buffer().append(entries("a", 6, 6));
    assertThat(send(shipments)).isEqualTo(1);
    assertThat(total(shipments.ledger()).requests()).isEqualTo(6);
  }

  @Test
  void waitsForTheEndOfALine() throws IOException {
    Shipments shipments = shipments("torn");
    buffer().append(entries("a", 1, 2));
    Path file = folder.resolve("2026-01-31.a.jsonl");
    String all = Files.readString(file);
    Files.writeString(file, all.substring(0, all.length() - 10));
    assertThat(send(shipments)).isEqualTo(1);
    assertThat(send(shipments)).isZero();
    Files.writeString(file, all.substring(all.length() - 10), StandardOpenOption.APPEND);
    assertThat(send(shipments)).isEqualTo(1);
    assertThat(total(shipments.ledger()).requests()).isEqualTo(2);
  }

  @Test
  void reportsABrokenLineAndSendsTheOthers() throws IOException {
    Shipments shipments = shipments("broken");
    buffer().append(entries("a", 1, 2));
    Path file = folder.resolve("2026-01-31.a.jsonl");
    Files.writeString(file, "{\"id\":\n" + Files.readString(file));
    List<String> problems = new ArrayList<>();
    assertThat(shipments.send(problems::add).sent()).isEqualTo(2);
    assertThat(problems).singleElement().asString().contains(file.toString(), "is not sent");
  }

  @Test
  void leavesOtherFilesAlone() throws IOException {
    Shipments shipments = shipments("others");
    buffer().append(entries("a", 1, 1));
    Path other = Files.writeString(folder.resolve("calls.jsonl"), "{}\n");
    assertThat(send(shipments)).isEqualTo(1);
    assertThat(other).exists();
  }

  @Test
  void answersAUserWhoMayOnlyRead() throws Exception {
    Shipments owner = shipments("reader");
    buffer().append(entries("a", 1, 5));
    send(owner);
    buffer().append(entries("a", 6, 6));
    execute(server, "CREATE USER reader PASSWORD 'reader'");
    execute(server, "GRANT USAGE ON SCHEMA reader TO reader");
    execute(server, "GRANT SELECT ON ALL TABLES IN SCHEMA reader TO reader");
    Files.delete(folder.resolve("postgres.json"));
    PostgresDatabase database =
        new PostgresDatabase(server.url(), "reader", "reader", "reader", Duration.ofSeconds(10), 2);
    try (LedgerSink ledger =
        new BufferedLedger(buffer(), new Shipments(folder, new PostgresLedger(database)))) {
      LedgerReport report = ledger.query(List.of(LedgerQuery.all())).get(0);
      assertThat(report.total().requests()).isEqualTo(5);
      assertThat(report.problems())
          .singleElement()
          .asString()
          .contains("is not counted: Cannot add entries", "The user lacks permissions");
    }
  }

  @Test
  void deletesOldFilesOnceTheyAreSent() throws IOException {
    Shipments shipments = shipments("files");
    buffer().append(entries("a", 1, 2));
    Path file = folder.resolve("2026-01-31.a.jsonl");
    send(shipments);
    assertThat(file).exists();
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-31T12:00:00Z")));
    send(shipments);
    assertThat(file).doesNotExist();
    assertThat(total(shipments.ledger()).requests()).isEqualTo(2);
  }

  @Test
  void losesAndDoublesNothingWhileTheServerIsKilled() throws IOException {
    try (PostgresServer own = PostgresServer.start()) {
      Shipments shipments = new Shipments(folder, new PostgresLedger(settings(own, "gild")));
      for (int round = 0; round < 3; round++) {
        String origin = "r" + round;
        buffer().append(entries(origin, 1, 20_000));
        Thread killer = new Thread(own::kill);
        killer.start();
        assertThatThrownBy(() -> sendUntilItFails(shipments, origin))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("PostgreSQL at 127.0.0.1:" + own.port());
        join(killer);
        own.restart();
        send(shipments);
      }
      assertThat(shipments.unsentBytes()).isZero();
      assertThat(total(shipments.ledger()).requests()).isGreaterThanOrEqualTo(60_000);
      assertThat(total(shipments.ledger()).requests()).isEqualTo(total(buffer()).requests());
    }
  }

  private void sendUntilItFails(Shipments shipments, String origin) throws IOException {
    for (long number = 20_001; ; number++) {
      send(shipments);
      buffer().append(entries(origin, number, number));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Sends a folder until it is killed. */
  static final class Sender {

    public static void main(String[] args) throws IOException {
      Shipments shipments =
          new Shipments(
              Path.of(args[0]),
              new PostgresLedger(
                  new PostgresDatabase(
                      args[1], args[2], args[3], "killed", Duration.ofSeconds(10), 2)));
      System.out.println("started");
      while (true) {
        shipments.send(problem -> System.out.println(problem));
      }
    }
  }

  @Test
  void losesAndDoublesNothingWhenSendersAreKilled() throws Exception {
    Random random = new Random(7);
    Shipments shipments = shipments("killed");
    Process other = sender("other");
    try {
      for (int kill = 0; kill < 20; kill++) {
        Process process = sender("sender" + kill);
        for (int i = 0; i < 4; i++) {
          buffer().append(entries("k" + kill, 1 + i * 500L, (i + 1) * 500L));
          Thread.sleep(random.nextInt(20));
        }
        process.destroyForcibly().waitFor();
        if (kill == 10) {
          other.destroyForcibly().waitFor();
        }
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
    send(shipments);
    assertThat(shipments.unsentBytes()).isZero();
    assertThat(total(shipments.ledger()).requests()).isEqualTo(40_000);
    assertThat(total(shipments.ledger()).usd()).isEqualByComparingTo("0.00004");
  }

  private Process sender(String name) throws IOException, InterruptedException {
    Path printed = Files.createTempFile("gild-" + name, ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Sender.class.getName(),
                folder.toString(),
                server.url(),
                server.user(),
                server.password())
            .redirectOutput(printed.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Instant deadline = Instant.now().plusSeconds(60);
    while (!Files.readString(printed).startsWith("started")) {
      assertThat(process.isAlive() && Instant.now().isBefore(deadline)).isTrue();
      Thread.sleep(5);
    }
    Files.delete(printed);
    return process;
  }
}
