package io.gild.ledger.postgres;

import static io.gild.ledger.postgres.LedgerDatabases.entries;
import static io.gild.ledger.postgres.LedgerDatabases.execute;
import static io.gild.ledger.postgres.LedgerDatabases.settings;
import static io.gild.ledger.postgres.LedgerDatabases.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.core.CostDimension;
import io.gild.ledger.LedgerEntry;
import io.gild.ledger.LedgerPeriod;
import io.gild.ledger.LedgerQuery;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.LedgerTally;
import io.gild.postgres.PostgresDatabase;
import io.gild.testkit.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresLedgerFailureTests {

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

  @Test
  void explainsAWrongPasswordWithoutPrintingIt() {
    PostgresDatabase database =
        new PostgresDatabase(
            server.url(), server.user(), "wr0ng", "password", Duration.ofSeconds(5), 1);
    try (PostgresLedger ledger = new PostgresLedger(database)) {
      assertThatThrownBy(() -> total(ledger))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + server.port() + "/postgres")
          .hasMessageContaining("correct ledger.postgres.user and ledger.postgres.password")
          .hasMessageNotContaining("wr0ng");
    }
    assertThat(database.toString()).doesNotContain("wr0ng");
  }

  @Test
  void explainsMissingPermissions() throws Exception {
    execute(server, "CREATE USER guest PASSWORD 'guest'");
    PostgresDatabase database =
        new PostgresDatabase(server.url(), "guest", "guest", "guests", Duration.ofSeconds(5), 1);
    try (PostgresLedger ledger = new PostgresLedger(database);
        PostgresLedger owner = new PostgresLedger(settings(server, "guests"))) {
      assertThatThrownBy(() -> ledger.append(entries("a", 1, 1)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("The user lacks permissions");
      owner.append(entries("a", 1, 1));
      execute(server, "GRANT USAGE ON SCHEMA guests TO guest");
      execute(server, "GRANT SELECT ON ALL TABLES IN SCHEMA guests TO guest");
      assertThat(total(ledger).requests()).isEqualTo(1);
      assertThatThrownBy(() -> ledger.append(entries("a", 2, 2)))
          .hasMessageContaining("The user lacks permissions");
    }
  }

  @Test
  void refusesTablesOfAnotherVersion() throws Exception {
    try (PostgresLedger first = new PostgresLedger(settings(server, "version"));
        PostgresLedger second = new PostgresLedger(settings(server, "version"))) {
      first.append(entries("a", 1, 1));
      execute(server, "UPDATE version.ledger SET version = 7");
      assertThatThrownBy(() -> total(second))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a ledger of version 7; this version of Gild reads version 1");
    }
  }

  @Test
  void reportsEntriesOfALaterVersion() throws Exception {
    try (PostgresLedger ledger = new PostgresLedger(settings(server, "later"))) {
      ledger.append(entries("a", 1, 2));
      execute(server, "UPDATE later.ledger_entries SET kind = 'refund' WHERE id = 'a-2'");
      LedgerReport report = ledger.query(List.of(LedgerQuery.all())).get(0);
      assertThat(report.total().requests()).isEqualTo(1);
      assertThat(report.problems())
          .containsExactly(
              "1 entries of a later version of Gild are not counted: use that version");
    }
  }

  @Test
  void keepsFieldsOfALaterVersion() throws Exception {
    try (PostgresLedger ledger = new PostgresLedger(settings(server, "fields"))) {
      ledger.append(List.of(LedgerDatabases.entry("a", 1, Map.of("region", "eu"))));
      try (Connection connection =
              DriverManager.getConnection(server.url(), server.user(), server.password());
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT line FROM fields.ledger_entries")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).contains("\"region\":\"eu\"");
      }
    }
  }

  @Test
  void keepsTextsThatUtf8CannotHave() throws Exception {
    try (PostgresLedger ledger = new PostgresLedger(settings(server, "halves"))) {
      LedgerEntry entry = LedgerDatabases.entry("a", 1, Map.of("note", "half \ud83d and \u0000"));
      ledger.append(List.of(entry));
      assertThat(total(ledger).requests()).isEqualTo(1);
    }
  }

  @Test
  void makesTablesAnewThatWereDropped() throws Exception {
    try (PostgresLedger ledger = new PostgresLedger(settings(server, "dropped"))) {
      ledger.append(entries("a", 1, 1));
      execute(server, "DROP SCHEMA dropped CASCADE");
      assertThatThrownBy(() -> ledger.append(entries("a", 2, 2)))
          .hasMessageContaining("Its tables were dropped");
      ledger.append(entries("a", 2, 2));
      assertThat(total(ledger).requests()).isEqualTo(1);
    }
  }

  @Test
  void deletesEntriesThatWereAddedAndMadeBeforeADay() throws Exception {
    try (PostgresLedger ledger = new PostgresLedger(settings(server, "old"))) {
      ledger.append(entries("a", 1, 3));
      execute(
          server, "UPDATE old.ledger_entries SET added = '2026-01-31T13:00:00Z' WHERE id <> 'a-1'");
      execute(
          server, "UPDATE old.ledger_entries SET time = '2026-02-01T00:00:00Z' WHERE id = 'a-2'");
      ledger.deleteBefore(LocalDate.parse("2026-02-01"));
      assertThat(total(ledger).requests()).isEqualTo(2);
    }
  }

  /** Names of offsets have the other sign in PostgreSQL. */
  @ParameterizedTest
  @ValueSource(
      strings = {"+05:30", "-03:00", "GMT+2", "UTC-09:30", "Etc/GMT+7", "America/St_Johns", "Z"})
  void hasTheSamePeriodsAsAFolder(String zone) throws Exception {
    List<LedgerEntry> entries = entries("a", 1, 3);
    try (PostgresLedger ledger = new PostgresLedger(settings(server, "zones"))) {
      ledger.append(entries);
      for (LedgerPeriod period : LedgerPeriod.values()) {
        LedgerQuery query =
            LedgerQuery.all().by(CostDimension.TENANT).every(period, ZoneId.of(zone));
        LedgerTally tally = new LedgerTally(query);
        entries.forEach(tally::add);
        LedgerReport.Row expected = tally.report(List.of()).rows().get(0);
        LedgerReport.Row found = ledger.query(List.of(query)).get(0).rows().get(0);
        assertThat(found.period()).isEqualTo(expected.period());
        assertThat(found.sums().usd()).isEqualByComparingTo(expected.sums().usd());
        assertThat(found.sums().usage()).isEqualTo(expected.sums().usage());
      }
    }
  }

  @Test
  void replacesConnectionsThatTheServerClosed() throws SQLException, IOException {
    try (PostgresLedger ledger = new PostgresLedger(settings(server, "closed"))) {
      ledger.append(entries("a", 1, 1));
      execute(
          server,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gild'");
      ledger.append(entries("a", 2, 2));
      assertThat(total(ledger).requests()).isEqualTo(2);
    }
  }
}
